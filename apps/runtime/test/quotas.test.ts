import { describe, expect, it } from 'vitest'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

type Json = Record<string, unknown>

async function send(runtime: TestRuntime, method: string, path: string, body?: unknown) {
  const response = await fetch(`${runtime.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, body: (isJson && text ? JSON.parse(text) : {}) as Json, text }
}

const models = { agent: () => ({ text: 'Yes.' }) }

describe('documents', () => {
  const ask = (runtime: TestRuntime, op: Json) => send(runtime, 'POST', '/v1/_document', op)

  it('are as many in a scope as there may be, until one is deleted', async () => {
    const runtime = await startRuntime({ env: { LOOMCYCLE_SAMPLE: '0', LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS: '2' } })
    const create = (title: string, scope = 'user') => ask(runtime, { op: 'create_document', title, scope })
    const first = await create('One')
    await create('Two')
    const refused = await create('Three')
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'quota_exceeded', quota: 'documents_per_scope', limit: 2, used: 2 },
    })
    expect(refused.body.error).toContain('LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS')
    expect((await create('Elsewhere', 'tenant')).status).toBe(200)
    await ask(runtime, { op: 'delete_document', id: first.body.document_id })
    expect((await create('Three')).status).toBe(200)
    expect((await create('Four')).status).toBe(422)
  })

  it('share one limit in a tenant', async () => {
    const runtime = await startRuntime({
      env: { LOOMCYCLE_SAMPLE: '0', LOOMCYCLE_DOCUMENTS_MAX_TENANT_DOCUMENTS: '2' },
    })
    await ask(runtime, { op: 'create_document', title: 'One', scope: 'user' })
    await ask(runtime, { op: 'create_document', title: 'Two', scope: 'tenant' })
    expect(await ask(runtime, { op: 'create_document', title: 'Three', scope: 'user' })).toMatchObject({
      body: { code: 'quota_exceeded', quota: 'documents_per_tenant' },
    })
  })

  it('have no more chunks and no more to say than may be, and an import that is too much leaves nothing', async () => {
    const env = {
      LOOMCYCLE_SAMPLE: '0',
      LOOMCYCLE_DOCUMENTS_MAX_SCOPE_CHUNKS: '4',
      LOOMCYCLE_DOCUMENTS_MAX_SCOPE_BYTES: '100',
    }
    const runtime = await startRuntime({ env })
    const { body: made } = await ask(runtime, { op: 'create_document', title: 'One' })
    const imported = await ask(runtime, { op: 'import_md', markdown: '# A\n\n## B\n\n## C\n\n## D\n' })
    expect(imported.body).toMatchObject({ code: 'quota_exceeded', quota: 'document_chunks_per_scope', used: 1 })
    const chunk = { op: 'create_chunk', document_id: made.document_id, title: 'Small' }
    const { body: small } = await ask(runtime, { ...chunk, body: 'x'.repeat(90) })
    expect((await ask(runtime, { ...chunk, body: 'x'.repeat(20) })).body).toMatchObject({
      quota: 'document_bytes_per_scope',
      used: 90,
    })
    const update = { op: 'update_chunk', id: small.id ?? small.chunk_id }
    expect((await ask(runtime, { ...update, revision: 1, body: 'x'.repeat(101) })).body).toMatchObject({
      quota: 'document_bytes_per_scope',
    })
    expect((await ask(runtime, { ...update, revision: 1, body: 'short' })).status).toBe(200)
    expect((await ask(runtime, { ...chunk, body: 'x'.repeat(20) })).status).toBe(200)
  })

  it('have types that count like what chunks say, also for the next process', async () => {
    const env = { LOOMCYCLE_SAMPLE: '0', LOOMCYCLE_DOCUMENTS_MAX_SCOPE_BYTES: '100' }
    const first = await startRuntime({ env })
    const define = (runtime: TestRuntime, name: string, letters: number) =>
      ask(runtime, { op: 'define_type', name, fields: ['x'.repeat(letters)] })
    const tooMuch = { status: 422, body: { quota: 'document_bytes_per_scope', used: 64 } }
    expect((await define(first, 't', 60)).status).toBe(200)
    expect(await define(first, 'u', 40)).toMatchObject(tooMuch)
    expect((await define(first, 't', 60)).status).toBe(200)
    const second = await first.restart()
    expect(await define(second, 'u', 40)).toMatchObject(tooMuch)
    expect((await define(second, 'u', 32)).status).toBe(200)
  })

  it('are counted again by the next process', async () => {
    const env = { LOOMCYCLE_SAMPLE: '0', LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS: '1' }
    const first = await startRuntime({ env })
    await ask(first, { op: 'create_document', title: 'One' })
    const second = await first.restart()
    expect((await ask(second, { op: 'create_document', title: 'Two' })).status).toBe(422)
  })

  it('are without limit where the setting is 0', async () => {
    const runtime = await startRuntime({ env: { LOOMCYCLE_SAMPLE: '0', LOOMCYCLE_DOCUMENTS_MAX_SCOPE_DOCUMENTS: '0' } })
    for (const title of ['One', 'Two', 'Three'])
      expect((await ask(runtime, { op: 'create_document', title })).status).toBe(200)
  })
})

describe('channels', () => {
  const declare = (runtime: TestRuntime, name: string) => send(runtime, 'POST', '/v1/_channels', { name })
  const publish = (runtime: TestRuntime, name: string, payload: unknown = 1) =>
    send(runtime, 'POST', `/v1/_channels/${name}/publish`, { scope: 'global', payload })

  it('are as many as there may be, until one is deleted', async () => {
    const runtime = await startRuntime({ env: { LOOMCYCLE_CHANNELS_MAX_PER_TENANT: '1' } })
    await declare(runtime, 'one')
    expect(await declare(runtime, 'two')).toMatchObject({
      status: 422,
      body: { code: 'quota_exceeded', quota: 'channels_per_tenant', limit: 1, used: 1 },
    })
    await send(runtime, 'DELETE', '/v1/_channels/one')
    expect((await declare(runtime, 'two')).status).toBe(201)
  })

  it('hold as many messages and bytes as they may, until they are emptied', async () => {
    const env = { LOOMCYCLE_CHANNELS_MAX_MESSAGES: '2', LOOMCYCLE_CHANNELS_MAX_BYTES: '100' }
    const runtime = await startRuntime({ env })
    await declare(runtime, 'one')
    expect((await publish(runtime, 'one', 'x'.repeat(99))).body).toMatchObject({ quota: 'bytes_per_channel' })
    await publish(runtime, 'one')
    await publish(runtime, 'one')
    expect(await publish(runtime, 'one')).toMatchObject({ status: 422, body: { quota: 'messages_per_channel' } })
    await send(runtime, 'POST', '/v1/_channels/one/purge', {})
    expect((await publish(runtime, 'one')).status).toBe(200)
  })
})

describe('sessions', () => {
  const run = (runtime: TestRuntime, more: Json = {}) =>
    send(runtime, 'POST', '/v1/runs', { agent: 'agent', prompt: 'Hello.', ...more })
  const sessionOf = ({ text }: { text: string }) => /"session_id":"([^"]+)"/.exec(text)![1]!

  it('are as many as a user may have, until one is deleted; going on with one is no new one', async () => {
    const runtime = await startRuntime({ models, env: { LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS: '2' } })
    const first = sessionOf(await run(runtime))
    const second = sessionOf(await run(runtime))
    expect(await run(runtime)).toMatchObject({
      status: 422,
      body: { code: 'quota_exceeded', quota: 'sessions_per_user', limit: 2, used: 2 },
    })
    expect((await run(runtime, { user_id: 'somebody-else' })).status).toBe(200)
    const segments = [{ role: 'user', content: [{ type: 'trusted-text', text: 'And?' }] }]
    expect((await send(runtime, 'POST', `/v1/sessions/${second}/messages`, { segments })).status).toBe(200)
    await send(runtime, 'DELETE', `/v1/sessions/${first}`)
    expect((await run(runtime)).status).toBe(200)
    expect((await send(runtime, 'POST', `/v1/sessions/${first}/restore`)).status).toBe(422)
  })

  it('hold as many bytes as a user may have stored, whoever wrote them', async () => {
    const long = () => ({ text: 'A long answer. '.repeat(200) })
    const env = { LOOMCYCLE_SESSIONS_MAX_USER_BYTES: '4000' }
    const first = await startRuntime({ models: { agent: long }, env })
    await run(first)
    await run(first)
    // It has been counted with the turns; whoever measures anew finds it.
    const runtime = await first.restart()
    const refused = await run(runtime)
    expect(refused).toMatchObject({ status: 422, body: { quota: 'session_bytes_per_user', limit: 4000 } })
    expect(refused.body.used).toBeGreaterThan(6000)
  })

  it('refuse a branch and a sub-agent in the same words', async () => {
    const spawn = { tool_calls: [{ id: 'c', name: 'Agent', input: { op: 'spawn', name: 'agent', prompt: 'Help.' } }] }
    const runtime = await startRuntime({
      models: { ...models, boss: ({ messages }) => (messages.length === 1 ? spawn : { text: 'So be it.' }) },
      env: { LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS: '1' },
    })
    const said = await run(runtime, { agent: 'boss' })
    expect(said.text).toContain('LOOMCYCLE_SESSIONS_MAX_USER_SESSIONS')
    const branch = await send(runtime, 'POST', `/v1/sessions/${sessionOf(said)}/replay`, { agent: 'agent' })
    expect(branch.body).toMatchObject({ code: 'quota_exceeded', quota: 'sessions_per_user' })
  })
})
