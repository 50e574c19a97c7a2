import { type Endpoint, ERROR_CODE_HEADER, endpoints, errorTable, type OpSet, opSets, takesKey } from '@loomcycle/proto'
import { expect, it } from 'vitest'
import { findRun } from '../src/engine/rows/runs.ts'
import { ToolError } from '../src/ground/tool-error.ts'
import { hostileTexts, type Known, sampleOf, spoilt } from '../src/testing/hostile-values.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aToolCaller } from '../src/tools/testing/a-caller.ts'
import type { Tool, ToolCaller } from '../src/tools/tool.ts'

/** Every route and op there is, from the declarations: a new one is covered by being declared. */
const doors = Object.values(endpoints as Record<string, Endpoint>)
const sets: OpSet[] = Object.values(opSets)

const headers = { 'content-type': 'application/json' }
const MiB = 1024 * 1024

it('whatever an agent asks of a tool is done or refused with a reason', async () => {
  const world = await aWorld()
  const { ctx } = world.runtime
  const { tools } = await ctx.loadRun((await findRun(ctx.db, world.ids.run_id))!)
  const caller = aToolCaller({
    runId: world.ids.run_id,
    sessionId: world.ids.session_id,
    agent: ctx.config.agents.echo!,
    userId: 'default',
    tools,
  })
  const broken: string[] = []
  for (const set of sets) {
    const tool = tools.get(set.tool)!
    for (const [op, { input }] of Object.entries(set.ops)) {
      const good = sampleOf(input, await world.now()) as object
      expect(await whatBreaks(tool, { ...good, op }, caller), `${set.tool} ${op}`).toBeUndefined()
      await sideBySide(spoilt(input, good), async ([where, spoilt]) => {
        const problem = await whatBreaks(tool, { ...spoilt, op }, caller)
        if (problem) broken.push(`${set.tool} ${op}, ${where}: ${problem}`)
      })
    }
  }
  expect(broken).toEqual([])
  expect(({} as { polluted?: true }).polluted).toBeUndefined()
}, 180_000)

it('whatever is asked of a route is done or refused with a code', async () => {
  const world = await aWorld()
  const broken: string[] = []
  for (const door of doors) {
    const known = { ...(await world.now()), ...(door.path.includes('/sessions/') ? { id: world.ids.session_id } : {}) }
    const body = door.body && (sampleOf(door.body, known) as object)
    const query = door.query ? (sampleOf(door.query, known) as object) : {}
    const good: Asked = { params: known, query, body: JSON.stringify(body) }
    await sideBySide(requests(door, good, { query, body }), async ([where, request]) => {
      const problem = await whatIsWrong(world.runtime, door, request)
      if (problem) broken.push(`${door.method} ${door.path}, ${where}: ${problem}`)
    })
    if (door === endpoints.pauseRuntime) await world.post('/v1/_resume', {})
  }
  expect(broken).toEqual([])
}, 180_000)

it('whatever is asked of an op over HTTP is done or refused with a code', async () => {
  const world = await aWorld()
  const broken: string[] = []
  for (const set of sets.filter(({ http }) => http)) {
    const route = { method: 'POST' as const, path: set.http!.path }
    const known = await world.now()
    const bodies = [
      ...notAnInput,
      '{"op":7}',
      '{"op":"__proto__"}',
      JSON.stringify({ op: Object.keys(set.ops)[0], path: 'x'.repeat(10 * MiB) }),
      ...Object.keys(set.ops).map((op) => JSON.stringify({ op })),
      ...Object.entries(set.ops).map(([op, { input }]) =>
        JSON.stringify({ ...(sampleOf(input, known) as object), op }),
      ),
    ]
    await sideBySide(bodies, async (body) => {
      const problem = await whatIsWrong(world.runtime, route, { params: {}, query: {}, body })
      if (problem) broken.push(`${route.path} ${body.slice(0, 200)}: ${problem}`)
    })
  }
  expect(broken).toEqual([])
}, 180_000)

it('a key stands for one request on every route that changes something', async () => {
  const world = await aWorld()
  const broken: string[] = []
  for (const door of doors.filter((one) => takesKey(one) && !one.stream)) {
    const known = { ...(await world.now()), ...(door.path.includes('/sessions/') ? { id: world.ids.session_id } : {}) }
    const body = door.body && (sampleOf(door.body, known) as object)
    const query = door.query ? (sampleOf(door.query, known) as object) : {}
    const ask = async (idempotencyKey: string, more: object = {}) => {
      const response = await fetch(addressOf(world.runtime, door, { params: known, query }), {
        method: door.method,
        headers: { ...headers, 'idempotency-key': idempotencyKey },
        ...(body ? { body: JSON.stringify({ ...body, ...more }) } : {}),
      })
      return { status: response.status, code: response.headers.get(ERROR_CODE_HEADER), text: await response.text() }
    }
    const name = `${door.method} ${door.path}`
    const first = await ask(name.replaceAll(' ', '_'))
    if (first.status >= 400) continue
    const again = await ask(name.replaceAll(' ', '_'))
    if (JSON.stringify(first) !== JSON.stringify(again)) broken.push(`${name}: ${first.text} and then ${again.text}`)
    if (!body || door.key === 'own') continue
    const other = await ask(name.replaceAll(' ', '_'), { more: 1 })
    if (other.status !== 409 || other.code !== 'idempotency_key_reused') broken.push(`${name}: ${other.status}`)
  }
  expect(broken).toEqual([])
}, 180_000)

interface Asked {
  params: Known
  query: object
  body: string | undefined
}

const notAnInput = ['', 'null', '7', '"x"', '[]', '{', '\u0000']

/** As they stand in a path: percent-encoded, and well-formed only where the encoding says so. */
const hostileParams = [
  ...hostileTexts
    .filter((text) => text.length < 1000 && text !== '')
    .map((text) => encodeURIComponent(text.toWellFormed())),
  'x'.repeat(3000),
  '%2F',
  '%ED%A0%80',
  '%zz',
  '..%2f..%2f',
]

function* requests(door: Endpoint, good: Asked, { query, body }: { query: object; body: object | undefined }) {
  yield ['nothing wrong', good] as const
  for (const name of door.path.match(/(?<=\{)\w+/g) ?? []) {
    for (const text of hostileParams)
      yield [`${name} ${text.slice(0, 20)}`, { ...good, params: { ...good.params, [name]: text } }] as const
  }
  if (door.query)
    for (const [where, spoiltQuery] of spoilt(door.query, query))
      yield [`query ${where}`, { ...good, query: spoiltQuery }] as const
  if (!body) return
  for (const [where, spoiltBody] of spoilt(door.body!, body))
    yield [where, { ...good, body: JSON.stringify(spoiltBody) }] as const
  for (const text of notAnInput) yield [text, { ...good, body: text }] as const
  yield ['10 MiB', { ...good, body: JSON.stringify({ ...body, text: 'x'.repeat(10 * MiB) }) }] as const
}

/** What is wrong with the answer, if something is. */
async function whatIsWrong(
  { url }: TestRuntime,
  { method, path }: Pick<Endpoint, 'method' | 'path'>,
  { params, query, body }: Asked,
) {
  try {
    const response = await fetch(addressOf({ url }, { path }, { params, query }), {
      method,
      redirect: 'manual',
      signal: patience(),
      ...(body === undefined || method === 'GET' ? {} : { headers, body }),
    })
    await response.body?.cancel()
    const code = response.headers.get(ERROR_CODE_HEADER)
    if (response.status < 400) return undefined
    if (response.status >= 500 && !aboutTheRuntime.has(code)) return `${response.status} ${code}`
    return code !== null && code in errorTable ? undefined : `${response.status} without a code`
  } catch (error) {
    return `no answer: ${(error as Error).cause ?? error}`
  }
}

function addressOf(
  { url }: Pick<TestRuntime, 'url'>,
  { path }: Pick<Endpoint, 'path'>,
  { params, query }: Omit<Asked, 'body'>,
): string {
  const where = path.replace(/\{(\w+)(?:\.\.\.)?\}/g, (_, name: string) => String(params[name] ?? 'x'))
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed().slice(0, 4000))}`)
  return `${url}${where}?${search.join('&')}`
}

/** There is no embedder here, and so many runs at once wait for slots. */
const aboutTheRuntime = new Set<string | null>(['vector_unsupported', 'embedder_not_configured'])

async function whatBreaks(tool: Tool, input: unknown, caller: ToolCaller): Promise<string | undefined> {
  try {
    await tool.run({ toolUseId: 'c_1', input, caller, signal: patience() })
    return undefined
  } catch (error) {
    return error instanceof ToolError ? undefined : String(error)
  }
}

/** What answers later than this hangs. */
const patience = () => AbortSignal.timeout(60_000)

/** A few at a time: they share commits, and one that hangs holds up no other. */
async function sideBySide<T>(items: Iterable<T>, work: (item: T) => Promise<void>) {
  const queue = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: 16 }, worker))
}

/** A runtime in which everything exists that an input can name. */
async function aWorld() {
  const runtime = await startRuntime({
    models: { echo: () => ({ text: 'hi' }) },
    agents: {
      echo: {
        memoryScopes: ['agent', 'user', 'tenant'],
        sqlScopes: ['agent', 'user', 'run'],
        historyScope: ['user'],
        channels: { publish: ['news'], subscribe: ['news'] },
        evaluationScopes: ['submit_any', 'read_any'],
        interruption: { enabled: true },
      },
    },
    env: { LOOMCYCLE_CHANNELS_LONGPOLL_CAP_MS: '20' },
  })
  const post = async (path: string, body: object) => {
    const response = await fetch(runtime.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return response.text()
  }
  const ask = async (input: object) => JSON.parse(await post('/v1/_document', input)) as Record<string, string>
  const stream = await post('/v1/runs', { agent: 'echo', prompt: 'hi' })
  await post('/v1/_channels', { name: 'news', scope: 'user' })
  const idIn = (name: string) => new RegExp(`"${name}":"(\\w+)"`).exec(stream)![1]!
  const ids = { run_id: idIn('run_id'), session_id: idIn('session_id'), agent_id: idIn('agent_id') }

  /** Anew each time: some of what is asked takes it away. */
  async function now(): Promise<Known> {
    const { document_id, root_chunk_id } = await ask({ op: 'create_document', title: 'Plan' })
    const { id } = await ask({ op: 'create_chunk', document_id, parent_id: root_chunk_id, title: 'Post' })
    return {
      ...ids,
      ...names,
      document_id,
      id,
      chunk_id: id,
      from_id: id,
      to_id: root_chunk_id,
      parent_id: root_chunk_id,
    }
  }
  return { runtime, post, ids, now }
}

const names = {
  scope: 'user',
  scope_id: 'default',
  user_id: 'default',
  tenant: 'default',
  agent_name: 'echo',
  agent: 'echo',
  name: 'news',
  channel: 'news',
  channels: ['news'],
  cursor: 'cur_0',
  wait_ms: 0,
  title: 'Post',
  path: '/docs/plan',
  key: 'k',
  query: 'post',
  statement: 'select 1',
  segments: [{ role: 'user', content: [{ type: 'trusted-text', text: 'hi' }] }],
}
