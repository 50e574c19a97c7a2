import type { Message, ModelRequest, UserBlock } from '../provider.ts'

/** Where in a conversation a request stands, read from its history alone. */
export interface Moment {
  /** What was said last by a person: the last text of the last user message that is more than tool results. */
  input: string
  /** Answers already given to that input. */
  turn: number
  /** What the tools answered since, oldest first, in the order of the calls. */
  results: ToolResult[]
}

export interface ToolResult {
  name: string
  isError: boolean
  text: string
  /** The text read as JSON, or the text itself where it is not JSON. */
  value: unknown
}

export function momentOf({ messages }: ModelRequest): Moment {
  const at = messages.findLastIndex((message) => message.role === 'user' && saysSomething(message.content))
  const since = at < 0 ? messages : messages.slice(at + 1)
  return {
    input: at < 0 ? '' : lastText(messages[at]!),
    turn: since.filter((message) => message.role === 'assistant').length,
    results: since.flatMap(resultsIn),
  }
}

function saysSomething(content: UserBlock[]): boolean {
  return content.some((block) => block.type !== 'tool_result')
}

/** Messages that arrived together share one user message; only the last is answered, and not the files it came with. */
function lastText(message: Message): string {
  const texts = message.content.flatMap((block) => (block.type === 'text' ? [block.text.trim()] : []))
  return texts.findLast((text) => !/^<untrusted[-\w]*>/.test(text)) ?? texts.at(-1) ?? ''
}

function resultsIn(message: Message): ToolResult[] {
  if (message.role !== 'user') return []
  return message.content
    .filter((block) => block.type === 'tool_result')
    .map(({ name, text, is_error }) => ({ name, text, isError: is_error, value: parsed(text) }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
