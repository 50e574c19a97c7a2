import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { asked, ask as askFor } from '../src/testing/asking.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aPrincipal } from '../src/tools/testing/a-caller.ts'

async function post(runtime: TestRuntime, path: string, body: object, key: string, token?: string) {
  const response = await fetch(runtime.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    code: response.headers.get(ERROR_CODE_HEADER),
    body: text.startsWith('{') ? JSON.parse(text) : text,
  }
}

const withChannel = {
  config: { channels: { work: { name: 'work', scope: 'global', semantic: 'queue', source: 'yaml' } } },
} as const

describe('asked again with its key', () => {
  it('a message is published once, also where both ask at the same time', async () => {
    const runtime = await startRuntime(withChannel)
    const publish = (payload: number) => post(runtime, '/v1/_channels/work/publish', { payload }, 'k')
    const twins = await Promise.all([publish(1), publish(1), publish(1)])
    expect(new Set(twins.map(({ body }) => body.msg_id)).size).toBe(1)
    expect(await publish(1)).toEqual(twins[0])
    expect(await publish(2)).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
    const broadcast = () => post(runtime, '/v1/_channels/_broadcast', { channels: ['work'], payload: 3 }, 'k')
    expect(await broadcast()).toEqual(await broadcast())
    const peeked = await fetch(`${runtime.url}/v1/_channels/work/peek`)
    const { messages } = (await peeked.json()) as { messages: { value: number }[] }
    expect(messages.map(({ value }) => value)).toEqual([1, 3])
  })

  it('the same messages are taken', async () => {
    const runtime = await startRuntime(withChannel)
    for (const payload of [1, 2]) await post(runtime, '/v1/_channels/work/publish', { payload }, `p${payload}`)
    const take = (key: string) => post(runtime, '/v1/_channels/work/subscribe', { max_messages: 1 }, key)
    const first = await take('k')
    expect(first.body.messages).toMatchObject([{ value: 1 }])
    expect(await take('k')).toEqual(first)
    expect((await take('other')).body.messages).toMatchObject([{ value: 2 }])
  })

  it('a path is moved once, a session is copied once, and a question is answered once', async () => {
    const { runtime, questions } = await asked([askFor('Which?')])
    const make = { op: 'create_document', title: 'Plan', path: '/a' }
    const made = await post(runtime, '/v1/_document', make, 'd')
    expect(await post(runtime, '/v1/_document', make, 'd')).toEqual(made)
    const move = { op: 'mv', scope: 'user', path: '/a', to: '/b' }
    const moved = await post(runtime, '/v1/_path', move, 'm')
    expect(moved).toMatchObject({ status: 200, body: { ok: true } })
    expect(await post(runtime, '/v1/_path', move, 'm')).toEqual(moved)

    const { run_id, interrupt_id } = questions[0]!
    const resolve = () => post(runtime, `/v1/runs/${run_id}/interrupts/${interrupt_id}/resolve`, { answer: 'a' }, 'r')
    const resolved = await resolve()
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved' } })
    expect(await resolve()).toEqual(resolved)

    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('hi') }))
    const { session_id } = await reader.until('session')
    await reader.until('interruption_pending').then(
      () => reader.leave(),
      () => reader.leave(),
    )
    const replay = () => post(runtime, `/v1/sessions/${session_id}/replay`, { agent: 'model', until_seq: 0 }, 's')
    const copied = await replay()
    expect(copied).toMatchObject({ status: 200 })
    expect(await replay()).toEqual(copied)
  })

  it('a channel is declared once, and gone once, also where several ask at the same time', async () => {
    const runtime = await startRuntime()
    const twins = async (method: string, path: string, key: string, body?: object) => {
      const headers = { 'idempotency-key': key, ...(body ? { 'content-type': 'application/json' } : {}) }
      const ask = () => fetch(runtime.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      const answers = await Promise.all(Array.from({ length: 8 }, ask))
      return new Set(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`)))
    }
    const declared = await twins('POST', '/v1/_channels', 'k', { name: 'work', semantic: 'queue' })
    expect([...declared]).toEqual([expect.stringMatching(/^201 /)])
    expect([...(await twins('DELETE', '/v1/_channels/work', 'd'))]).toEqual(['204 '])
  })

  it('a chunk is changed, moved and deleted once where several ask at the same time, and all hear the same', async () => {
    const runtime = await startRuntime()
    const ask = async (body: object, key: string) => post(runtime, '/v1/_document', body, key)
    const { body: plan } = await ask({ op: 'create_document', title: 'Plan' }, 'd')
    const add = async (title: string) =>
      (await ask({ op: 'create_chunk', document_id: plan.document_id, title }, title)).body.id
    const [one, two] = [await add('One'), await add('Two')]
    for (const body of [
      { op: 'update_chunk', id: one, revision: 1, body: 'Said once.' },
      { op: 'move_chunk', id: two, new_parent_id: one, position: 0 },
      { op: 'delete_chunk', id: two, revision: 1 },
    ]) {
      const twins = await Promise.all(Array.from({ length: 8 }, () => ask(body, `k-${body.op}`)))
      expect(twins[0]).toMatchObject({ status: 200 })
      expect(new Set(twins.map((twin) => JSON.stringify(twin))).size).toBe(1)
    }
    expect((await ask({ op: 'history', id: one }, 'h')).body.revisions).toHaveLength(2)
  })

  it('a request is the same in whatever order its members come, on every kind of route', async () => {
    const runtime = await startRuntime({ ...withChannel, models: { worker: () => ({ text: 'done' }) } })
    const run = { agent: 'worker', segments: say('hi'), metadata: { a: 1, b: { c: 2, d: 3 } } }
    const turned = { metadata: { b: { d: 3, c: 2 }, a: 1 }, segments: say('hi'), agent: 'worker' }
    const twins: [path: string, body: object, again: object][] = [
      ['/v1/_channels/work/publish', { payload: { a: 1, b: [1, 2] } }, { payload: { b: [1, 2], a: 1 } }],
      [
        '/v1/_document',
        { op: 'create_document', title: 'Plan', path: '/a' },
        { path: '/a', title: 'Plan', op: 'create_document' },
      ],
      ['/v1/runs:batch', { spawns: [run], mode: 'join' }, { mode: 'join', spawns: [turned] }],
    ]
    for (const [path, body, again] of twins) {
      const first = await post(runtime, path, body, 'k')
      expect(first.status).toBe(200)
      expect(await post(runtime, path, again, 'k')).toEqual(first)
    }
    const firstEventOf = async (body: object) => (await post(runtime, '/v1/runs', body, 'r')).body.split('\n\n')[0]
    expect(await firstEventOf(turned)).toBe(await firstEventOf(run))
    const reversed = { payload: { a: 1, b: [2, 1] } }
    expect(await post(runtime, '/v1/_channels/work/publish', reversed, 'k')).toMatchObject({ status: 409 })
  })

  it('a key is somebody’s: what others call the same is another', async () => {
    const runtime = await startRuntime({
      ...withChannel,
      authenticate: async ({ shown }) =>
        aPrincipal({ subject: shown?.kind === 'bearer' ? shown.secret : '', scopes: ['substrate:admin'] }),
    })
    const publish = (who: string) => post(runtime, '/v1/_channels/work/publish', { payload: who }, 'k', who)
    const [ada, bob] = [await publish('ada'), await publish('bob')]
    expect([ada.status, bob.status]).toEqual([200, 200])
    expect(ada.body.msg_id).not.toBe(bob.body.msg_id)
  })
})
