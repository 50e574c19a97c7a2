import type { Message, ModelRequest } from '../provider.ts'

/** What a model of a circuit knows: its circuit, and what its calls have answered so far. */
export interface Circuit {
  id: string
  /** Read as JSON where they are; in the order of the calls. */
  results: unknown[]
}

export function circuitOf({ messages }: ModelRequest): Circuit {
  return { id: /\bc\d+\b/.exec(userText(messages))?.[0] ?? 'c0', results: messages.flatMap(resultsIn) }
}

function userText(messages: readonly Message[]): string {
  return messages
    .filter((message) => message.role === 'user')
    .flatMap(({ content }) => content.flatMap((block) => (block.type === 'text' ? [block.text] : [])))
    .join('\n')
}

function resultsIn(message: Message): unknown[] {
  if (message.role !== 'user') return []
  return message.content.flatMap((block) => (block.type === 'tool_result' ? [parsed(block.text)] : []))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** From 0.5 up to 1, and always the same for a circuit. */
export function scoreOf(circuitId: string): number {
  return 0.5 + (fnv1a(circuitId) % 50) / 100
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
