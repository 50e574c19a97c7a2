import { expect, it } from 'vitest'
import { listChildRuns } from '../src/engine/rows/runs.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

async function run({ url }: TestRuntime, traceparent?: string): Promise<{ run_id: string; agent_id: string }> {
  const response = await fetch(`${url}/v1/runs`, {
    method: 'POST',
    body: JSON.stringify({ agent: 'parent', prompt: 'go' }),
    headers: { 'content-type': 'application/json', ...(traceparent ? { traceparent } : {}) },
  })
  const [, agent = '{}'] = /event: agent\n(?:id: .*\n)?data: (.*)\n/.exec(await response.text()) ?? []
  return JSON.parse(agent)
}

const parent: ScriptedModel = ({ messages }) =>
  messages.length > 1
    ? { text: 'done' }
    : { tool_calls: [{ name: 'Agent', input: { op: 'spawn', name: 'child', prompt: 'help' } }] }

it('a run has the trace of the request that started it, and so have the runs that it starts and what is logged of them', async () => {
  const env = { LOOMCYCLE_LOG_LEVEL: 'debug' }
  const runtime = await startRuntime({ models: { parent, child: () => ({ text: 'helped' }) }, env })
  const { run_id, agent_id } = await run(runtime, `00-${trace}-00f067aa0ba902b7-01`)
  const row = await (await fetch(`${runtime.url}/v1/agents/${agent_id}`)).json()
  expect(row).toMatchObject({ trace_id: trace })
  expect(await listChildRuns(runtime.ctx.db, run_id)).toMatchObject([{ agent: 'child', traceId: trace }])
  const said = runtime.said.map((line) => JSON.parse(line))
  expect(said.filter(({ msg, run }) => msg === 'turn' && run === run_id)).toMatchObject([
    { agent: 'parent', trace, provider: 'scripted', model: 'parent', ms: expect.any(Number) },
    { agent: 'parent', trace },
  ])
  expect(said.filter(({ agent }) => agent === 'child').every((line) => line.trace === trace)).toBe(true)
})

it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${trace}-00f067aa0ba902b7-01`])(
  'a trace begins here where there is none to go on with: %s',
  async (traceparent) => {
    const runtime = await startRuntime({ models: { parent: () => ({ text: 'hi' }) } })
    const { agent_id } = await run(runtime, traceparent)
    const { trace_id } = await (await fetch(`${runtime.url}/v1/agents/${agent_id}`)).json()
    expect(trace_id).toMatch(/^(?!0+$)[0-9a-f]{32}$/)
    expect(trace_id).not.toBe(trace)
    expect(runtime.said).toEqual([])
  },
)
