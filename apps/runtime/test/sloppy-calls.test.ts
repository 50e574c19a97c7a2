import { expect, it, onTestFinished } from 'vitest'
import { type AgentDefinition, plainAgent } from '../src/ground/config/config.ts'
import { ollamaLocal } from '../src/models/providers/ollama/services.ts'
import { ollamaText, ollamaTurn, type Reply, startFakeUpstream } from '../src/testing/fake-upstream.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const sloppy: Record<string, Reply> = {
  'other letters and a namespace': ollamaTurn({ calls: [{ name: 'functions.context', input: { op: 'time' } }] }),
  'a comma too many': ollamaTurn({ calls: [{ name: 'Context', pieces: ['{"op": "time",}'] }] }),
  'tags alone': ollamaText('<function=Context>\n<parameter=op>\ntime\n</parameter>\n</function>'),
  'text alone': ollamaText(['{"name": "Context",\n', '"arguments": {"op": "time"}}']),
}

async function results(...replies: Reply[]) {
  const upstream = await startFakeUpstream({ script: [...replies, ollamaText('Done.')] })
  onTestFinished(() => upstream.close())
  const worker: AgentDefinition = {
    ...plainAgent,
    name: 'worker',
    source: 'file',
    provider: 'ollama-local',
    model: 'qwen2.5-coder:7b',
    tools: ['Context'],
  }
  const providers = [ollamaLocal.create({ baseUrl: upstream.url }, {})]
  const runtime = await startRuntime({ providers, config: { agents: { worker } } })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'worker', segments: say('What time is it?') }))
  await reader.toEnd()
  const found = reader.events.filter((event) => event.type === 'tool_result')
  return { text: reader.text(), results: found, sent: upstream.requests.at(-1)!.body.messages }
}

it.each(Object.entries(sloppy))(
  'a call with %s is made, and the model sees it as it should have been',
  async (_, reply) => {
    const { text, results: found, sent } = await results(reply)
    expect(text).toBe('Done.')
    expect(found.map((event) => event.is_error ?? false)).toEqual([false])
    const call = sent.find(({ role }: { role: string }) => role === 'assistant')
    expect(call.tool_calls).toMatchObject([{ function: { name: 'Context', arguments: { op: 'time' } } }])
  },
)

it('a call that could mean anything is not made, and the model is told what was expected', async () => {
  const { results: found } = await results(ollamaTurn({ calls: [{ name: 'Context', pieces: ['{op: time}'] }] }))
  expect(found).toMatchObject([{ is_error: true }])
  expect(found[0]!.text).toMatch(/^the arguments are not JSON: .+; expected is one object with op \(required\)/)
})
