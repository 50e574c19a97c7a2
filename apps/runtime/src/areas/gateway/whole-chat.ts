import type { Usage } from '@loomcycle/proto'
import type { ProviderEvent } from '../../models/providers/provider.ts'
import type { ChatEvent } from './chat.ts'

export interface ChatAnswer {
  id: string
  provider: string
  model: string
  warnings: readonly string[]
  text: string
  reasoning: string
  calls: Extract<ProviderEvent, { type: 'tool_call' }>[]
  stopReason: string
  usage: Usage
}

/** For who wants nothing before it is whole. */
export async function wholeChat(events: AsyncIterable<ChatEvent>): Promise<ChatAnswer> {
  const answer: ChatAnswer = {
    ...{ id: '', provider: '', model: '', warnings: [], text: '', reasoning: '', calls: [], stopReason: '' },
    usage: { input_tokens: 0, output_tokens: 0 },
  }
  for await (const event of events) {
    switch (event.type) {
      case 'begun': {
        const { id, provider, model, warnings } = event
        Object.assign(answer, { id, provider, model, warnings })
        break
      }
      case 'text':
        answer.text += event.text
        break
      case 'thinking':
        answer.reasoning += event.text
        break
      case 'text_was_thinking':
        answer.reasoning += answer.text
        answer.text = ''
        break
      case 'tool_call':
        answer.calls.push(event)
        break
      case 'done':
        answer.stopReason = event.stop_reason
        answer.usage = event.usage
    }
  }
  return answer
}
