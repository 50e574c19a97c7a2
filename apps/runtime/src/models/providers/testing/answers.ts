import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import type { Quirks } from '../../../ground/config/model-services.ts'
import { createAnthropic } from '../anthropic/index.ts'
import { createGemini } from '../gemini/index.ts'
import { createOllama } from '../ollama/index.ts'
import { createOpenAi } from '../openai/index.ts'
import type { Provider, ProviderEvent } from '../provider.ts'
import { createTestClock } from './test-clock.ts'

/** What must come out of an answer: a turn, or why there is none. */
export type Outcome =
  | { text?: string; thinking?: string; calls?: { id: string; name: string; input: unknown }[]; stop: string }
  | { error: string; failureClass: string }

const TYPES: Record<string, string> = {
  sse: 'text/event-stream',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  html: 'text/html',
  txt: 'text/plain',
}

export function readAnswer(name: string): { bytes: Uint8Array<ArrayBuffer>; type: string } {
  const text = findFixture(`provider-answers/${name}`)
  if (text === undefined) throw new Error(`there is no answer ${name}`)
  return { bytes: new TextEncoder().encode(text), type: TYPES[name.split('.').at(-1)!]! }
}

const responses: Quirks = { api: 'responses', omit: [], rename: {}, extra: {}, takesTools: true }

/** A service that answers with these chunks. */
export function answeringWith(name: string, chunks: readonly Uint8Array<ArrayBuffer>[], type: string): Provider {
  const body = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk)
        controller.close()
      },
    })
  const fetch = async () => new Response(body(), { headers: { 'content-type': type } })
  const deps = { fetch, clock: createTestClock() }
  if (name.startsWith('ollama/')) {
    const own = {
      id: 'ollama-local',
      baseUrl: 'http://127.0.0.1:11434',
      contextVariable: 'LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX',
    }
    return createOllama({ ...own, isLocal: true, isCloud: false }, deps)
  }
  const service = name.split('/')[0]!
  const create = { anthropic: createAnthropic, gemini: createGemini }[service] ?? createOpenAi
  const quirks = service === 'openai-responses' ? { quirks: responses } : {}
  return create({ apiKey: 'key-of-test', ...quirks }, deps)
}

export function outcomeOf(events: readonly ProviderEvent[]): Outcome {
  let text = ''
  let thinking = ''
  const calls: { id: string; name: string; input: unknown }[] = []
  for (const event of events) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'thinking') thinking += event.text
    else if (event.type === 'text_was_thinking') {
      thinking += text
      text = ''
    } else if (event.type === 'tool_call') calls.push({ id: event.id, name: event.name, input: event.input })
    else if (event.type === 'error') return { error: event.error.message, failureClass: event.error.failureClass }
    else if (event.type === 'done') {
      const stop = event.stop_reason
      return { ...(text && { text }), ...(thinking && { thinking }), ...(calls.length > 0 && { calls }), stop }
    }
  }
  throw new Error('the turn has no end')
}
