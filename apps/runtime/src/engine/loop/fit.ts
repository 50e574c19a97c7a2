import type { Message, UserBlock } from '../../models/providers/provider.ts'
import { tokensOf, tokensOfBlock, tokensOfContent } from './tokens.ts'

export interface Fit {
  /** Tokens that the model takes, as we count them. */
  room: number
  /** Nobody has said how large the window is: then what people say is tried as it is. */
  isGuess: boolean
  /** Of the room, in percent, that the results of one turn may take together. */
  resultShare: number
  /** What a model asks for the rest of a text by; undefined where it cannot. */
  refOf(block: UserBlock): string | undefined
}

/** Of the room, in percent, that what was said in one turn may take. */
const saidShare = 50
/** What is left of a text is shorter than this only where nothing is. */
const leastTokens = 64
/** With the note in its place. */
const leastShown = 2 * leastTokens

/**
 * The same messages with whatever is too long for the model's window shortened to its beginning and its end. The log
 * keeps all of it, so a model with a larger window sees more, and one whose window turns out smaller sees less.
 */
export function fitted<R>(messages: readonly Message<R>[], fit: Fit): Message<R>[] {
  return messages.map((message) => {
    if (message.role !== 'user') return message
    const content = fittedContent(message.content, fit)
    return content === message.content ? message : { ...message, content }
  })
}

function fittedContent(content: UserBlock[], fit: Fit): UserBlock[] {
  // A long conversation is mostly short messages, and all of it is looked at before every turn.
  if (tokensOfContent(content) <= (fit.room * Math.min(fit.resultShare, saidShare)) / 100) return content
  const results = limitOf(content, 'tool_result', (fit.room * fit.resultShare) / 100)
  const forText = fit.isGuess ? Number.POSITIVE_INFINITY : (fit.room * saidShare) / 100
  const all = limitOf(content, 'text', forText)
  if (results === Number.POSITIVE_INFINITY && all === Number.POSITIVE_INFINITY) return content
  const kept = all < leastTokens ? withoutMiddle(content, Math.floor(forText / leastShown), fit) : content
  const said = kept === content ? all : Math.max(limitOf(kept, 'text', forText), leastTokens)
  return kept.map((block) => {
    if (block.type === 'image') return block
    const limit = block.type === 'text' ? said : results
    if (tokensOfBlock(block) <= limit) return block
    return shortenedBlock(block, limit < leastTokens ? 0 : limit, fit.refOf(block))
  })
}

/** Of more texts than can be shown, however short, the first ones and the last. */
function withoutMiddle(content: UserBlock[], most: number, fit: Fit): UserBlock[] {
  const texts = content.filter((block) => block.type === 'text')
  const last = Math.max(Math.floor(most / 3), 1)
  const gone = texts.slice(Math.max(most - last, 1), -last)
  const [first] = gone
  if (first === undefined) return content
  const refs = gone.map(fit.refOf)
  const rest = refs[0]
    ? `Read them with Context: ${JSON.stringify({ op: 'read_on', ref: refs[0] })} and so on to ${refs.at(-1)}.`
    : 'Say so; they can be sent one after the other.'
  const note: UserBlock = {
    type: 'text',
    text: `[… ${gone.length} of ${texts.length} texts are left out here, since what was said is too long for your window. ${rest} …]`,
  }
  const isGone = new Set<UserBlock>(gone)
  return content.flatMap((block) => (block === first ? [note] : isGone.has(block) ? [] : [block]))
}

/** So many tokens each may have, so that all of a kind come to no more than this; what is short leaves room for what is long. */
function limitOf(content: readonly UserBlock[], type: UserBlock['type'], budget: number): number {
  const sizes = content
    .filter((block) => block.type === type)
    .map(tokensOfBlock)
    .sort((a, b) => a - b)
  let left = budget
  for (const [i, size] of sizes.entries()) {
    const share = left / (sizes.length - i)
    if (size > share) return share
    left -= size
  }
  return Number.POSITIVE_INFINITY
}

type TextBlock = Exclude<UserBlock, { type: 'image' }>

/** The same block as long as it has the same length: prompt caches go by it, and measuring it again costs. */
const kept = new WeakMap<TextBlock, { limit: number; block: TextBlock }>()

function shortenedBlock(block: TextBlock, limit: number, ref: string | undefined): TextBlock {
  const last = kept.get(block)
  if (last?.limit === limit) return last.block
  const shorter = { ...block, text: shortened(block, limit, ref) }
  kept.set(block, { limit, block: shorter })
  return shorter
}

function shortened({ type, text }: TextBlock, tokens: number, ref: string | undefined): string {
  const chars = Math.floor((text.length * tokens) / tokensOf(text))
  const head = text.slice(0, Math.ceil((chars * 2) / 3))
  const tail = text.slice(text.length - Math.floor(chars / 3))
  const left = text.length - head.length - tail.length
  const what = type === 'text' ? 'what was said' : 'the result'
  const rest = ref
    ? `Read on with Context: ${JSON.stringify({ op: 'read_on', ref, offset: head.length })}`
    : type === 'text'
      ? 'Say so; the rest can be sent in parts.'
      : 'Ask for less of it at once.'
  return `${head}\n[… ${left} of ${text.length} characters are left out here, since ${what} is too long for your window. ${rest} …]\n${tail}`.toWellFormed()
}
