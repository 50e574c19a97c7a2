import type { AssistantMessage, Message } from '../../models/providers/provider.ts'
import type { Reasoning } from '../log/log-event.ts'

/** A message that knows whose reasoning is behind it. */
export type HistoryMessage = Message<Reasoning>

/** As one provider may see them: with its own reasoning, and nobody else's. */
export function shownTo(provider: string, messages: readonly HistoryMessage[]): Message[] {
  return messages.map((message) => {
    if (message.role === 'user') return message
    const { reasoning, ...said } = message
    const own = reasoning?.provider === provider ? { reasoning: reasoning.data } : {}
    return { ...said, ...own } satisfies AssistantMessage
  })
}
