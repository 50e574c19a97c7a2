import type { Usage } from '@loomcycle/proto'
import type { Message, ModelRequest } from '../provider.ts'
import type { ScriptedTurn } from './turn.ts'

export const CONTEXT_WINDOW = 32_000

const CHARS_PER_TOKEN = 4
const IMAGE_CHARS = 4000

export function usageOf(request: ModelRequest, turn: ScriptedTurn): Usage {
  const read = sum(request.system, (block) => block.text.length) + sum(request.messages, messageChars)
  const written =
    (turn.thinking?.length ?? 0) + (turn.text?.length ?? 0) + sum(turn.tool_calls ?? [], (call) => chars(call.input))
  return {
    input_tokens: Math.ceil(read / CHARS_PER_TOKEN),
    output_tokens: Math.ceil(written / CHARS_PER_TOKEN),
    model: request.model,
    provider: 'scripted',
    max_context_tokens: CONTEXT_WINDOW,
    ...turn.usage,
  }
}

function messageChars(message: Message): number {
  return sum<Message['content'][number]>(message.content, (block) => {
    switch (block.type) {
      case 'text':
      case 'tool_result':
        return block.text.length
      case 'tool_use':
        return chars(block.input)
      case 'image':
        return IMAGE_CHARS
    }
  })
}

function chars(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0
}

function sum<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((total, item) => total + size(item), 0)
}
