import { expect, it } from 'vitest'
import { clientOf, Reader, say } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

const models = { agent: () => ({ text: 'hi' }) }

it('conversations have what they came to, and events their type', async () => {
  const client = clientOf(await startRuntime({ models }))
  const run = new Reader(client.runStreaming({ agent: 'agent', segments: say('one') }))
  const { session_id } = await run.until('agent')
  await run.toEnd()
  const { chats } = await client.history({ op: 'list' })
  expect(chats[0]).toMatchObject({ session_id, cost: 0 })
  const { transcript = [] } = await client.history({ op: 'get', session_id: session_id! })
  expect(transcript.find(({ type }) => type === 'text')).toMatchObject({ payload: { type: 'text', text: 'hi' } })
})

it('revisions of a chunk have a readable actor and the time in nanoseconds, details beside them', async () => {
  const client = clientOf(await startRuntime())
  const { root_chunk_id: id } = await client.document({ op: 'create_document', title: 'One' })
  const { revisions } = await client.document({ op: 'history', id })
  const [{ created_at, at, actor, actor_ref }] = revisions as [(typeof revisions)[number]]
  expect(actor).toBe('default')
  expect(actor_ref).toEqual({ kind: 'user', id: 'default' })
  expect(Math.round(created_at / 1e6)).toBe(Date.parse(at))
})

it('types are listed as they were declared, with what is checked of them', async () => {
  const client = clientOf(await startRuntime())
  const fields = { hue: { widget: 'colour', kind: 'hsl' }, n: 'int' }
  await client.document({ op: 'define_type', name: 'card', fields })
  expect(await client.document({ op: 'list_types' })).toEqual({
    types: [{ name: 'card', document_id: '', fields, field_specs: [{ name: 'n', kind: 'number', required: false }] }],
  })
})

it('values of memory that are too long are refused by the names the wire has for that', async () => {
  const client = clientOf(await startRuntime({ env: { LOOMCYCLE_MEMORY_MAX_SCOPE_BYTES: '100000' } }))
  const set = (key: string, length: number) => client.setMemoryEntry('user', 'ada', key, { value: 'x'.repeat(length) })
  await expect(set('a', 70_000)).rejects.toMatchObject({ status: 413, code: 'memory_value_too_large' })
  await set('a', 60_000)
  await expect(set('b', 60_000)).rejects.toMatchObject({ status: 413, code: 'memory_quota_exceeded' })
})

it('who asks is told what the runtime can do, and what it was built from', async () => {
  const client = clientOf(await startRuntime({ env: { LOOMCYCLE_COMMIT: 'abc1234' } }))
  expect(await client.whoami()).toMatchObject({
    capabilities: { mcp_allow_dynamic_stdio: false, http_host_allowlist_configured: false },
  })
  expect(await client.health()).toMatchObject({ ok: true, commit: 'abc1234' })
})

it('a run of a batch says how large its model’s window is', async () => {
  const client = clientOf(await startRuntime({ models }))
  const { results } = await client.spawnRunBatch({ spawns: [{ agent: 'agent', segments: say('one') }] })
  expect(results[0]!.usage).toMatchObject({ input_tokens: expect.any(Number), max_context_tokens: 32_000 })
})

it('an agent of a user is looked for by any status', async () => {
  const client = clientOf(await startRuntime({ models }))
  await new Reader(client.runStreaming({ agent: 'agent', segments: say('one') })).toEnd()
  expect(await client.listUserAgents('default', { status: 'paused' as never })).toEqual([])
  expect((await client.listUserInterrupts('default', { status: 'answered' })).interrupts).toEqual([])
})
