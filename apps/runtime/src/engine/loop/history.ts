import type { LimitInfo } from '@loomcycle/proto'
import type { AssistantBlock, UserBlock } from '../../models/providers/provider.ts'
import type { CompactionRow, LogEvent, Reasoning, RequestAdjustedRow } from '../log/log-event.ts'
import { type CompactedHead, compacted } from './compacted-messages.ts'
import { type CompactionSettings, findCut } from './compaction-cut.ts'
import type { HistoryMessage } from './history-message.ts'
import { toUserBlocks } from './segments.ts'
import { estimateTokens } from './tokens.ts'

export interface OpenCall {
  id: string
  name: string
  input: unknown
}

interface Result {
  text: string
  isError: boolean
}

const goOn = 'Go on.'
/** What some services say with an id makes it long; longer than this it says nothing. */
const longestId = 4096

type RequestAdjustment = RequestAdjustedRow['request_adjusted']

interface RefusedLength {
  provider: string
  model: string
  tokens: number
  room: number
}

/**
 * What the model is shown, folded from the log. The loop feeds it the events it appends, a restart feeds it the
 * stored ones, so both see the same. Whatever comes in, `messages` is valid for every provider: it starts with a
 * user turn, roles alternate, and results follow their calls, in call order, in one message.
 */
export class History {
  messages: HistoryMessage[] = []
  /** What the latest compaction put in place of what was there. */
  #head: CompactedHead | undefined
  /** The turn being streamed; it joins `messages` when it is whole. */
  #text = ''
  #calls: OpenCall[] = []
  /** Calls of the last assistant message, and the results that are in. */
  #open: readonly OpenCall[] = []
  #results = new Map<string, Result>()
  /** Ids of those that have none. */
  #unanswered = new Set<string>()
  #usedIds = new Set<string>()
  /** Tokens the last request took, with its answer still to come. */
  contextTokens: { used: number; max?: number; isGuess?: boolean } | undefined
  /** The first message that is not counted in them. */
  measured = 0
  /** What was done so that the next turn can be had; each is done once. */
  readonly adjusted = new Set<RequestAdjustment['cause']>()
  /** What the latest refusal for its length says of the model that answered it. */
  #refused: RefusedLength | undefined
  /** The model that was found to take no tools. */
  #toolless: { provider: string; model: string } | undefined
  /** Turns that somebody has said so far. */
  #said = 0
  /** What texts of those turns are asked for by. */
  readonly #refs = new WeakMap<UserBlock, string>()
  /** Limits of tokens that the run has said it has met. */
  readonly #told = new Set<string>()
  /** Nothing is owed to the model: the run rests until somebody says something. */
  settled = false
  /** Why the model's last turn ended; undefined once somebody has said something since. */
  stopReason: string | undefined
  /** Turns of the model since the conversation was compacted; undefined where it never was. */
  turnsSinceCompaction: number | undefined

  apply(event: LogEvent) {
    switch (event.type) {
      case 'user_input':
        this.#closeOpenCalls('The run went on without this result.')
        this.#pushUser(this.#withRefs(toUserBlocks(event.segments)))
        this.adjusted.clear()
        this.settled = false
        this.stopReason = undefined
        break
      case 'system_prompt':
        this.#told.clear()
        break
      case 'limit':
        this.#told.add(crossing(event.limit))
        break
      case 'started':
        if (this.settled) this.#askAgain()
        break
      case 'text':
        this.#text += event.text
        break
      case 'tool_call':
        this.#calls.push({ id: event.tool_use.id, name: event.tool_use.name, input: event.tool_use.input })
        break
      case 'text_was_thinking':
        this.#text = ''
        break
      case 'retry':
      case 'provider_fallback':
        this.#text = ''
        this.#calls = []
        break
      case 'assistant_turn':
        this.stopReason = event.stop_reason
        this.#pushAssistant(event.reasoning)
        this.adjusted.clear()
        break
      case 'tool_result':
        this.#addResult(event.tool_use.id, { text: event.text, isError: event.is_error ?? false })
        break
      case 'usage': {
        const {
          input_tokens,
          cache_read_input_tokens = 0,
          cache_creation_input_tokens = 0,
          max_context_tokens,
          max_context_is_guess,
          provider,
        } = event.usage
        this.#claimReasoning(provider)
        const used = input_tokens + cache_read_input_tokens + cache_creation_input_tokens
        // A service that counts nothing says nothing of what the request took.
        this.contextTokens = used > 0 ? { used, ...windowSaid(max_context_tokens, max_context_is_guess) } : undefined
        this.measured = this.messages.length - (this.messages.at(-1)?.role === 'assistant' ? 1 : 0)
        break
      }
      case 'reasoning_invalidated':
        this.messages = this.messages.map(withoutAnyReasoning)
        break
      case 'request_adjusted':
        this.#adjust(event)
        break
      case 'context_compaction':
        this.#closeOpenCalls('The run went on without this result.')
        this.#compact(event)
        break
      case 'awaiting_input':
      case 'done':
        this.#closeOpenCalls('The run ended before this tool answered.')
        this.#text = ''
        this.#calls = []
        this.settled = true
        break
    }
  }

  /** Whether the run has said that it has met this limit, as it is and in this month. */
  hasTold(limit: LimitInfo): boolean {
    return this.#told.has(crossing(limit))
  }

  /** Calls the model made that have no result yet, in call order. */
  get openCalls(): readonly OpenCall[] {
    return this.#unanswered.size === 0 ? [] : this.#open.filter((call) => this.#unanswered.has(call.id))
  }

  /** A turn was being streamed and never became whole. */
  get isMidTurn(): boolean {
    return this.#text !== '' || this.#calls.length > 0
  }

  /** Nothing but thinking, or space. */
  get saysNothing(): boolean {
    return this.#text.trim() === '' && this.#calls.length === 0
  }

  /** The call of the latest turn that has so many before it, while some of them are open. */
  callBehind(count: number): OpenCall | undefined {
    return this.#open[count]
  }

  get callsOfThisTurn(): readonly OpenCall[] {
    return this.#calls
  }

  get owesModel(): boolean {
    return !this.settled && this.#unanswered.size === 0 && this.messages.at(-1)?.role === 'user'
  }

  /**
   * Services repeat ids, or give none, or one that is no id any more; results are matched by id, so each is made unique
   * in the conversation.
   */
  uniqueCallId(proposed: string, turn: number): string {
    let id = proposed.length > longestId ? '' : proposed
    for (let slot = this.#calls.length; id === '' || this.#usedIds.has(id); slot++) id = `lc-${turn}-${slot}`
    this.#usedIds.add(id)
    return id
  }

  /**
   * What a compaction would replace, without the acknowledgement of an earlier one; undefined when there is nothing.
   * `shown`: the messages as the model is shown them.
   */
  findSpan(
    settings: CompactionSettings & { must?: boolean },
    window: number | undefined,
    shown: readonly HistoryMessage[] = this.messages,
  ): { span: HistoryMessage[]; kept: number } | undefined {
    const headLength = this.#head?.at === 0 ? this.#head.length : 0
    const cut = findCut(shown, { ...settings, window, headLength })
    if (cut === undefined) return undefined
    const span = shown.filter((_, i) => i < cut && (i === 0 || i >= headLength))
    return { span, kept: shown.length - cut }
  }

  /** What a model is to ask for the rest of a text by. */
  refOf(block: UserBlock): string | undefined {
    return block.type === 'tool_result' ? block.tool_use_id : this.#refs.get(block)
  }

  /** How much that model was found to take; undefined where it never refused anything here for its length. */
  refusedFor(provider: string, model: string): { tokens: number; room: number } | undefined {
    return this.#refused?.provider === provider && this.#refused.model === model ? this.#refused : undefined
  }

  takesTools(provider: string, model: string): boolean {
    return this.#toolless?.provider !== provider || this.#toolless.model !== model
  }

  /** Pictures that no model has answered to yet. */
  get newPictures(): number {
    const last = this.messages.at(-1)
    return last?.role === 'user' ? picturesIn([last]) : 0
  }

  get pictures(): number {
    return picturesIn(this.messages)
  }

  get hasReasoning(): boolean {
    return this.messages.some((message) => message.role === 'assistant' && message.reasoning !== undefined)
  }

  /** A model has spoken in what is shown. */
  get hasAnswers(): boolean {
    return this.messages.some(({ role }) => role === 'assistant')
  }

  /** Whether that provider is shown some of its thinking again. */
  hasReasoningOf(provider: string): boolean {
    return this.messages.some((message) => message.role === 'assistant' && message.reasoning?.provider === provider)
  }

  /** The messages as they would be after this event. */
  compactedBy(event: CompactionRow): { messages: HistoryMessage[]; head: CompactedHead } {
    const { summary, keep_n: keepLastN = 4, keep_first: keepFirst = true } = event.context_compaction
    const messages = event.fold?.messages ?? this.messages.length
    const kept = event.fold?.kept ?? messages - (findCut(this.messages, { keepLastN, keepFirst }) ?? messages)
    return compacted(this.messages, this.#head, { summary, keepFirst, messages, kept })
  }

  /** A run that begins with nothing said has the model asked again. A request may not end with the model's own words. */
  #askAgain() {
    if (this.messages.at(-1)?.role === 'assistant') this.#pushUser([{ type: 'text', text: goOn }])
    this.settled = false
    this.stopReason = undefined
  }

  #compact(event: CompactionRow) {
    const { messages, head } = this.compactedBy(event)
    this.messages = messages
    this.#head = head
    this.turnsSinceCompaction = 0
    const used = event.context_compaction.after_tokens ?? estimateTokens(messages)
    this.contextTokens = { used, ...windowSaid(this.contextTokens?.max, this.contextTokens?.isGuess) }
    this.measured = messages.length
  }

  #adjust({ request_adjusted: { cause, provider, model, reason, ...done }, room }: RequestAdjustedRow) {
    this.adjusted.add(cause)
    if (cause === 'unreadable_picture') {
      const isMeant = (i: number) => done.pictures === 'all' || i === this.messages.length - 1
      this.messages = this.messages.map((message, i) => (isMeant(i) ? withoutPictures(message, reason) : message))
    }
    if (cause === 'too_many_pictures') this.messages = withLastPictures(this.messages, done.pictures_kept ?? 0, reason)
    if (cause === 'refused_words') this.messages = this.messages.with(-1, withoutWords(this.messages.at(-1)!))
    if (cause === 'refused_tools') this.#toolless = { provider, model }
    if (cause === 'refused_thinking')
      this.messages = this.messages.map((message) => withoutReasoning(message, provider))
    if (cause !== 'too_long' || room === undefined) return
    this.#refused = { provider, model, tokens: done.max_context_tokens ?? room, room }
    // What was counted before is more than the model takes, and what it will be shown has another length.
    this.contextTokens = undefined
    this.measured = 0
  }

  /** Texts of a turn are told apart by their place in it. */
  #withRefs(blocks: UserBlock[]): UserBlock[] {
    this.#said++
    for (const [i, block] of blocks.entries()) this.#refs.set(block, `said-${this.#said}-${i + 1}`)
    return blocks
  }

  #pushUser(blocks: readonly UserBlock[]) {
    if (blocks.length === 0) return
    const last = this.messages.at(-1)
    if (last?.role === 'user') for (const block of blocks) last.content.push(block)
    else this.messages.push({ role: 'user', content: [...blocks] })
  }

  /** A turn of before reasoning was kept with its owner says at its end whose it was. */
  #claimReasoning(provider = '') {
    const last = this.messages.at(-1)
    if (last?.role === 'assistant' && last.reasoning?.provider === '') last.reasoning.provider = provider
  }

  #pushAssistant(given: Reasoning | string | undefined) {
    const reasoning = typeof given === 'string' ? { provider: '', data: given } : given
    const content: AssistantBlock[] = []
    if (this.#text.trim() !== '') content.push({ type: 'text', text: this.#text })
    for (const call of this.#calls) content.push({ type: 'tool_use', ...call })
    // An assistant turn can only answer a user turn, and an empty one says nothing.
    if (content.length > 0 && this.messages.at(-1)?.role === 'user') {
      this.messages.push({ role: 'assistant', content, ...(reasoning ? { reasoning } : {}) })
      this.#open = this.#calls
      this.#results = new Map()
      this.#unanswered = new Set(this.#calls.map((call) => call.id))
      for (const id of this.#unanswered) this.#usedIds.add(id)
    }
    this.#text = ''
    this.#calls = []
    if (this.turnsSinceCompaction !== undefined) this.turnsSinceCompaction++
    this.#pushResultsWhenComplete()
  }

  #addResult(id: string, result: Result) {
    if (!this.#unanswered.delete(id)) return
    this.#results.set(id, result)
    this.settled = false
    this.#pushResultsWhenComplete()
  }

  #pushResultsWhenComplete() {
    if (this.#open.length === 0 || this.#unanswered.size > 0) return
    const blocks: UserBlock[] = this.#open.map((call) => {
      const result = this.#results.get(call.id)!
      return { type: 'tool_result', tool_use_id: call.id, name: call.name, text: result.text, is_error: result.isError }
    })
    this.#open = []
    this.#results = new Map()
    this.#pushUser(blocks)
  }

  #closeOpenCalls(reason: string) {
    for (const call of this.openCalls) this.#addResult(call.id, { text: reason, isError: true })
  }
}

function crossing({ scope, severity, limit, resets_at }: LimitInfo): string {
  return [scope, severity, limit, resets_at].join(' ')
}

function windowSaid(max: number | undefined, isGuess: boolean | undefined): { max?: number; isGuess?: boolean } {
  return { ...(max ? { max } : {}), ...(isGuess ? { isGuess } : {}) }
}

function picturesIn(messages: readonly HistoryMessage[]): number {
  return messages.reduce((sum, { content }) => sum + content.filter((block) => block.type === 'image').length, 0)
}

function withoutPictures(message: HistoryMessage, reason: string, most = Number.POSITIVE_INFINITY): HistoryMessage {
  if (message.role !== 'user') return message
  let left = most
  const content = message.content.map((block): UserBlock => {
    if (block.type !== 'image' || left-- <= 0) return block
    return { type: 'text', text: `[A picture was here, which the model’s service could not take: ${reason}]` }
  })
  return { ...message, content }
}

/** The results stay, since their calls do. */
function withoutWords(message: HistoryMessage): HistoryMessage {
  if (message.role !== 'user') return message
  const results = message.content.flatMap((block): UserBlock[] =>
    block.type === 'tool_result' ? [{ ...block, text: '[left out: a filter of the model’s service refused it]' }] : [],
  )
  const note = '[What was said here is left out, since a filter of the model’s service refused it.]'
  return { ...message, content: results.length > 0 ? results : [{ type: 'text', text: note }] }
}

function withLastPictures(messages: readonly HistoryMessage[], kept: number, reason: string): HistoryMessage[] {
  let over = picturesIn(messages) - kept
  return messages.map((message) => {
    if (over <= 0) return message
    const here = picturesIn([message])
    const less = here === 0 ? message : withoutPictures(message, reason, over)
    over -= here
    return less
  })
}

function withoutReasoning(message: HistoryMessage, provider: string): HistoryMessage {
  return message.role === 'assistant' && message.reasoning?.provider === provider
    ? withoutAnyReasoning(message)
    : message
}

function withoutAnyReasoning(message: HistoryMessage): HistoryMessage {
  if (message.role !== 'assistant') return message
  const { reasoning: _, ...said } = message
  return said
}
