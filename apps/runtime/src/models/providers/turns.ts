import type { Message, UserBlock } from './provider.ts'

/**
 * A history every service accepts: it starts and ends with the user, roles alternate, nothing is blank, and each call
 * has exactly one result in the turn after it. Ids and names are in the services' alphabet.
 */
export type Turn = UserTurn | AssistantTurn

export interface UserTurn {
  role: 'user'
  results: { id: string; text: string; isError: boolean }[]
  parts: UserPart[]
}

export type UserPart = Exclude<UserBlock, { type: 'tool_result' }>

export interface AssistantTurn {
  role: 'assistant'
  texts: string[]
  calls: { id: string; name: string; input: unknown }[]
  reasoning?: string
}

const MAX_ID = 40

export function toTurns(messages: readonly Message[], wireName: (name: string) => string): Turn[] {
  const turns: Turn[] = []
  const newId = createIds()
  let open: OpenCalls = []

  const userTurn = (): UserTurn => {
    const last = turns.at(-1)
    if (last?.role === 'user') return last
    const turn: UserTurn = { role: 'user', results: [], parts: [] }
    turns.push(turn)
    return turn
  }

  const addUser = (content: readonly UserBlock[]) => {
    const turn = userTurn()
    for (const block of content) {
      if (block.type === 'tool_result') {
        const call = open.find((one) => one.original === block.tool_use_id)
        const text = isBlank(block.text) ? '(no output)' : block.text
        if (call === undefined) turn.parts.push({ type: 'text', text: `[result of ${block.name}] ${text}` })
        else turn.results.push({ id: call.id, text, isError: block.is_error })
        open = open.filter((one) => one !== call)
      } else if (block.type === 'text' ? !isBlank(block.text) : block.data !== '') {
        turn.parts.push(block)
      }
    }
    // A call without its result would make every later request of the session invalid.
    for (const { id } of open) turn.results.push({ id, text: 'No result was recorded for this call.', isError: true })
    open = []
    if (turn.results.length === 0 && turn.parts.length === 0) turn.parts.push({ type: 'text', text: '(empty message)' })
  }

  for (const message of messages) {
    if (message.role === 'user') {
      addUser(message.content)
      continue
    }
    const texts: string[] = []
    const calls: AssistantTurn['calls'] = []
    const asked: OpenCalls = []
    for (const block of message.content) {
      if (block.type === 'text') {
        if (!isBlank(block.text)) texts.push(block.text)
      } else {
        const id = newId(block.id)
        asked.push({ original: block.id, id })
        calls.push({ id, name: wireName(block.name), input: block.input })
      }
    }
    // A turn in which the model said nothing cannot be shown; the user turns around it become one.
    if (texts.length === 0 && calls.length === 0) continue
    if (turns.at(-1)?.role !== 'user') addUser([])
    open = asked
    turns.push({ role: 'assistant', texts, calls, ...(message.reasoning ? { reasoning: message.reasoning } : {}) })
  }
  if (turns.at(-1)?.role !== 'user') addUser(open.length > 0 ? [] : [{ type: 'text', text: 'Continue.' }])
  return turns
}

type OpenCalls = { original: string; id: string }[]

/** Services pair by id over the whole conversation, while ours may repeat from run to run or come from another service. */
function createIds(): (original: string) => string {
  const used = new Set<string>()
  return (original) => {
    const base = original.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call'
    let id = base.slice(0, MAX_ID)
    for (let n = 2; used.has(id); n++) {
      const suffix = `_${n}`
      id = base.slice(0, MAX_ID - suffix.length) + suffix
    }
    used.add(id)
    return id
  }
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Nothing is owed to the user at such a moment, so the model may end its turn without a word. */
export function endsWithResult(messages: readonly Message<unknown>[]): boolean {
  return messages.at(-1)?.content.some((block) => block.type === 'tool_result') ?? false
}
