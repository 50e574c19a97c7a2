import type { Redactor } from '../../ground/config/redaction/redactor.ts'
import type { ChatEvent } from './chat.ts'

type Words = Extract<ChatEvent, { type: 'text' | 'thinking' }>

/** What a model says, without what the runtime keeps to itself, wherever that was cut. Never one event behind for long. */
export async function* withoutSecrets(
  events: AsyncIterable<ChatEvent>,
  redactor: Pick<Redactor, 'stream' | 'json'>,
): AsyncGenerator<ChatEvent, void> {
  const words = redactor.stream()
  let type: Words['type'] | undefined
  const rest = (): Words[] => {
    const text = words.end()
    return type === undefined || text === '' ? [] : [{ type, text }]
  }
  for await (const event of events) {
    const isWords = event.type === 'text' || event.type === 'thinking'
    if (!isWords || event.type !== type) yield* rest()
    type = isWords ? event.type : undefined
    if (!isWords) yield event.type === 'tool_call' ? { ...event, input: redactor.json(event.input) } : event
    else {
      const text = words.push(event.text)
      if (text !== '') yield { ...event, text }
    }
  }
}
