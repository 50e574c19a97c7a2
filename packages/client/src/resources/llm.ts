import type { Http } from '../http.ts'
import type {
  LLMChatOptions,
  LLMChatResponse,
  LLMChatStreamItem,
  LLMEmbeddingsOptions,
  LLMEmbeddingsResponse,
} from '../llm-types.ts'
import { type SseFrame, SseParser } from '../sse.ts'

const chatPath = '/v1/_llm/chat'

export async function llmChat(http: Http, { signal, ...asked }: LLMChatOptions): Promise<LLMChatResponse> {
  return http.post(chatPath, { ...asked, stream: false }, { signal })
}

export async function* llmStream(
  http: Http,
  { signal, ...asked }: LLMChatOptions,
): AsyncGenerator<LLMChatStreamItem, void, undefined> {
  const body = { ...asked, stream: true }
  const res = await http.ok('POST', chatPath, { body, accept: 'text/event-stream', signal })
  if (!res.body) throw new Error('the answer has no body')
  const reader = res.body.getReader()
  const parser = new SseParser()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      for (const frame of done ? parser.end() : parser.push(value)) {
        const item = itemOf(frame)
        if (item) yield item
      }
      if (done) return
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

export async function embeddings(
  http: Http,
  { signal, ...asked }: LLMEmbeddingsOptions,
): Promise<LLMEmbeddingsResponse> {
  return http.post('/v1/embeddings', asked, { signal })
}

/** Whatever the event is called; one that has no name, or no JSON, is none. */
function itemOf({ event, data }: SseFrame): LLMChatStreamItem | undefined {
  if (event === '') return undefined
  try {
    return { kind: event, payload: JSON.parse(data) } as LLMChatStreamItem
  } catch {
    return undefined
  }
}
