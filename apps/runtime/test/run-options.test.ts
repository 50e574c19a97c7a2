import { RunBody } from '@loomcycle/proto'
import { expect, it } from 'vitest'
import { playing } from '../src/testing/asking.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

/** Who runs what for whom, and where; what is said here is seen at once. */
const whoAndWhat = [
  'agent',
  'def_id',
  'prompt',
  'segments',
  'session_id',
  'tenant_id',
  'user_id',
  'agent_id',
  'interactive',
]

/** Each kept with the run under a name of its own. */
const options: Record<string, unknown> = {
  tools: ['Context'],
  allowed_tools: ['Context'],
  metadata: { a: 1 },
  parent_context: { function_key: 'f' },
  sampling: { temperature: 0 },
  compaction: { enabled: true },
  user_tier: 'gold',
  run_timeout_seconds: 60,
  allowed_hosts: [],
  web_search_filter: 'drop',
}

it('whatever is declared of a run is kept with it, or says that it has no effect', async () => {
  const runtime = await startRuntime({ models: { echo: () => ({ text: 'hi' }) } })
  for (const [name, { description = '' }] of Object.entries(
    RunBody.properties as Record<string, { description?: string }>,
  )) {
    if (whoAndWhat.includes(name) || / has no effect, /.test(description)) continue
    expect(options, name).toHaveProperty(name)
    const body = JSON.stringify({ agent: 'echo', prompt: 'hi', [name]: options[name] })
    const response = await fetch(`${runtime.url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const [, id] = /"run_id":"(\w+)"/.exec(await response.text())!
    const [row] = await runtime.ctx.db.all<{ options: string }>('select options from runs where id = ?', [id])
    expect(Object.keys(JSON.parse(row!.options)), name).toHaveLength(1)
  }
})

it('what a caller narrows is told to the run, and to what it starts', async () => {
  const model = playing([
    { tool_calls: [{ id: 'self', name: 'Context', input: { op: 'self' } }] },
    { tool_calls: [{ id: 'may', name: 'Context', input: { op: 'permissions' } }] },
    { tool_calls: [{ id: 'spawn', name: 'Agent', input: { name: 'child', prompt: 'go' } }] },
    { text: 'over' },
  ])
  const child = playing([{ tool_calls: [{ name: 'Context', input: { op: 'permissions' } }] }])
  const runtime = await startRuntime({
    models: {
      model,
      child: async (request) => {
        const turn = await child(request)
        const told = request.messages
          .at(-1)!
          .content.flatMap((block) => (block.type === 'tool_result' ? block.text : []))
        return told.length > 0 ? { text: told[0]! } : turn
      },
    },
  })
  const reader = new Reader(
    clientOf(runtime).runStreaming({
      agent: 'model',
      segments: say('go'),
      userTier: 'gold',
      allowedHosts: ['example.org'],
      webSearchFilter: 'keep',
    }),
  )
  await reader.toEnd()
  const told = Object.fromEntries(
    reader.events.filter(({ type }) => type === 'tool_result').map(({ tool_use, text }) => [tool_use!.id, text!]),
  )
  const host_policy = { has_list: true, allowed_hosts: ['example.org'], web_search_filter: 'keep' }
  expect(JSON.parse(told.self!)).toMatchObject({ user_tier: 'gold' })
  expect(JSON.parse(told.may!)).toMatchObject({ host_policy })
  expect(told.spawn).toContain(JSON.stringify({ host_policy }).slice(1, -1))
})
