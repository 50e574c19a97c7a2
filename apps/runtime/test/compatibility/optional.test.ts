import { type Endpoint, endpoints, given, type OpSet, opSets } from '@loomcycle/proto'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import { createCheck } from '../../src/ground/validation.ts'
import { clientOf, Reader, say } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

interface Declared {
  name: string
  schema: TSchema
}

const inputs: Declared[] = [
  ...Object.values(opSets as Record<string, OpSet>).flatMap(({ tool, ops }) =>
    Object.values(ops).map(({ name, input }) => ({ name: `${tool} ${name}`, schema: input })),
  ),
  ...Object.entries(endpoints as Record<string, Endpoint>).flatMap(([name, { body, query }]) =>
    [body, query].flatMap((schema) => (schema ? [{ name, schema }] : [])),
  ),
]

/** What is wrong with an optional member that a program filled in. */
function complaints(
  { name, schema }: Declared,
  value: unknown,
  wanted: (kind: string | undefined) => boolean,
): string[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, { type?: string }>
    required?: string[]
  }
  const check = createCheck(schema)
  return Object.entries(properties).flatMap(([member, { type }]) => {
    if (required.includes(member) || !wanted(type)) return []
    const problem = check(given(schema, { [member]: value }).value)
    return problem?.path[0] === member ? [`${name}: ${member} ${problem.message}`] : []
  })
}

describe('an optional member, of every op and route', () => {
  it.each([
    ['null', null, () => true],
    ['an empty text', '', (kind: string | undefined) => kind === 'string'],
    ['0', 0, (kind: string | undefined) => kind === 'integer' || kind === 'number'],
  ])('may be %s', (_, value, wanted) => {
    expect(inputs.flatMap((input) => complaints(input, value, wanted))).toEqual([])
  })
})

describe('what programs fill in without meaning anything', () => {
  it('says nothing in a run, however deep it stands', async () => {
    const runtime = await startRuntime({ models: { agent: () => ({ text: 'hi' }) } })
    const response = await fetch(`${runtime.url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        agent: 'agent',
        segments: say('hi'),
        prompt: '',
        session_id: '',
        tenant_id: '',
        user_id: '',
        agent_id: '',
        user_tier: null,
        user_bearer: '',
        user_credentials: null,
        tools: null,
        metadata: null,
        interactive: null,
        run_timeout_seconds: 0,
        allowed_hosts: null,
        web_search_filter: '',
        parent_context: { root_agent_run_id: null, function_key: '' },
        sampling: { temperature: null, top_p: null, top_k: 0, seed: null, stop: null },
        compaction: { enabled: null, target_percentage: 0, keep_last_n: null, model: '' },
      }),
    })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('event: done')
    const [run] = await clientOf(runtime).listUserAgents('default', { status: 'completed' })
    expect(run).not.toHaveProperty('parent_context')
  })

  it('says nothing of documents; a place or a status that is emptied is', async () => {
    const runtime = await startRuntime()
    const client = clientOf(runtime)
    const nothing = { scope: '', path: null, type: '', tags: null } as Record<string, unknown>
    const { document_id } = await client.document({ op: 'create_document', title: 'Board', ...nothing })
    const chunk = {
      op: 'create_chunk',
      document_id,
      title: 'Card',
      after_id: '',
      status: 'todo',
      position: null,
    } as const
    const { id } = (await client.document({ ...chunk } as never)) as { id: string }
    const found = async (filter: Record<string, unknown>) =>
      ((await client.document({ op: 'query_chunks', document_id, ...filter })) as { chunks: { id: string }[] }).chunks
    expect((await found({ type: '', status: '', tag: '', ids: null, limit: 0, cursor: '', sql: '' })).length).toBe(2)

    const emptied = await client.document({ op: 'update_chunk', id, revision: 1, status: null, body: null } as never)
    expect(emptied).not.toHaveProperty('status')
    expect(await client.document({ op: 'update_chunk', id, revision: 2, title: '' })).toMatchObject({ title: '' })
    await expect(client.document({ op: 'update_chunk', id, revision: 0, status: 'done' })).rejects.toThrow(/revision/)
  })

  it('says nothing of memory and channels', async () => {
    const client = clientOf(await startRuntime())
    await client.setMemoryEntry('user', 'ada', 'k', { value: 1, ttl_seconds: 0 })
    const { entry } = await client.getMemoryEntry('user', 'ada', 'k')
    expect(entry).toMatchObject({ value: 1 })
    expect(entry).not.toHaveProperty('expires_at')

    await client.createChannel({
      name: 'news',
      scope: '' as never,
      semantic: '' as never,
      publisher: '',
      default_ttl: 0,
    })
    await client.publishChannel('news', { scope: 'global', payload: 'x' })
    const asked = { scope: 'global', fromCursor: '', maxMessages: 0, waitMs: 0 } as const
    expect((await client.subscribeChannel('news', asked)).messages).toHaveLength(1)
  })
})

describe('a member whose name differs in case', () => {
  it('is the one that is meant, unless that is there as well', async () => {
    const runtime = await startRuntime({ models: { agent: () => ({ text: 'hi' }) } })
    const post = (path: string, body: unknown) =>
      fetch(`${runtime.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const run = await post('/v1/runs', { Agent: 'agent', Segments: say('hi'), agent_ID: 'a_1', prompt: 'x', Prompt: 1 })
    expect(await run.text()).toContain('"agent_id":"a_1"')
    const made = await post('/v1/_document', { Op: 'create_document', Title: 'One' })
    expect(await made.json()).toMatchObject({ title: 'One' })
  })
})

describe('more than there is at once', () => {
  it('is as much as there is, and the answer says so', async () => {
    const runtime = await startRuntime()
    const client = clientOf(runtime)
    expect(await client.history({ op: 'list', limit: 10_000 })).toMatchObject({ limit: 500, clamped: { limit: 500 } })
    expect(await client.document({ op: 'query_documents', limit: 1e300 })).toMatchObject({ clamped: { limit: 1000 } })
    expect(await client.listMemoryEntries('user', 'ada', { limit: 5000 })).toMatchObject({ clamped: { limit: 1000 } })
    expect(await client.listMemoryEntries('user', 'ada', { limit: 1000 })).not.toHaveProperty('clamped')
    await client.createChannel({ name: 'news' })
    await client.publishChannel('news', { scope: 'global', payload: 1 })
    const asked = { scope: 'global', maxMessages: 1000, waitMs: 60_000 } as const
    expect(await client.subscribeChannel('news', asked)).toMatchObject({
      clamped: { max_messages: 100, wait_ms: 30_000 },
    })
  })

  it('is refused where it is what a model is asked with', async () => {
    const runtime = await startRuntime({ models: { agent: () => ({ text: 'hi' }) } })
    const run = clientOf(runtime).runStreaming({ agent: 'agent', segments: say('hi'), sampling: { temperature: 9 } })
    await expect(new Reader(run).toEnd()).rejects.toMatchObject({ status: 400 })
  })
})
