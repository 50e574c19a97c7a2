import { expect, it } from 'vitest'
import type { Provider, ProviderEvent } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const secret = 'tulip-and-rose-and-more'
const key = `sk-ant-${'a1B2'.repeat(8)}`

async function everythingStored({ ctx }: TestRuntime): Promise<string> {
  return JSON.stringify(await ctx.db.all('select type, payload from events', []))
}

it('what a model says, thinks and asks for is stored, streamed and remembered without secrets, however it is cut', async () => {
  const requests: string[] = []
  const model: ScriptedModel = (request) => {
    requests.push(JSON.stringify(request.messages))
    if (requests.length > 1) return { text: 'Done.' }
    return {
      thinking: `The key is ${secret}, I think, or ${key}.`,
      text: `It is ${secret}; try postgres://ada:pansy@db/x with ${key} now.`,
      tool_calls: [{ name: 'Memory', input: { op: 'set', key: 'k', value: [`it is ${secret}`] } }],
      pace: { chunk_chars: 5, delay_ms: 0 },
    }
  }
  const runtime = await startRuntime({ models: { model }, env: { SERVICE_KEY: secret } })
  const talk = converse(clientOf(runtime), 'model', 'hi')
  await talk.until('awaiting_input')
  expect(talk.text()).toBe(
    'It is [redacted:SERVICE_KEY]; try postgres://ada:[redacted-password]@db/x with [redacted-key] now.Done.',
  )
  const streamed = JSON.stringify(talk.events)
  for (const text of [await everythingStored(runtime), streamed, requests[1]]) {
    expect(text).toContain('[redacted:SERVICE_KEY]')
    for (const part of [secret, key, 'pansy', 'tulip', 'a1B2a1B2']) expect(text).not.toContain(part)
  }
})

it.each([
  [true, undefined],
  [false, 'I know [redacted:SERVICE_KEY].'],
])('reasoning that is signed: %s, is kept without its secrets as %s', async (signsReasoning, kept) => {
  const seen: (string | undefined)[] = []
  const provider: Provider = {
    id: 'reasoner',
    signsReasoning,
    listModels: async () => ['m'],
    preferredModel: () => 'm',
    capabilities: () => ({ thinking: true, vision: false }),
    async *stream({ messages }): AsyncGenerator<ProviderEvent> {
      seen.push(...messages.flatMap((message) => (message.role === 'assistant' ? [message.reasoning] : [])))
      yield { type: 'text', text: 'Yes.' }
      const usage = { input_tokens: 1, output_tokens: 1 }
      yield { type: 'done', stop_reason: 'end_turn', usage, reasoning: `I know ${secret}.` }
    },
  }
  const runtime = await startRuntime({
    providers: [provider],
    models: { thinker: () => ({ text: 'never asked' }) },
    agents: { thinker: { provider: 'reasoner', model: 'm' } },
    env: { SERVICE_KEY: secret },
  })
  const talk = converse(clientOf(runtime), 'thinker', 'hi')
  await talk.until('awaiting_input')
  await talk.session.send('again')
  await talk.until('awaiting_input')
  expect(seen).toEqual([kept])
  expect(await everythingStored(runtime)).not.toContain(secret)
})
