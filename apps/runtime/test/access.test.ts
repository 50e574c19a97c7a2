import {
  type Access,
  type Endpoint,
  ERROR_CODE_HEADER,
  endpoints,
  type OpAccess,
  type OpSet,
  opSets,
  RuntimeError,
} from '@loomcycle/proto'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { Database } from '../src/ground/db/database.ts'
import type { Principal } from '../src/ground/identity/principal.ts'
import { ask, asked } from '../src/testing/asking.ts'
import { type Known, sampleOf } from '../src/testing/hostile-values.ts'
import { testStore } from '../src/testing/open-test-database.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller, aPrincipal } from '../src/tools/testing/a-caller.ts'
import { leastAccess, leastOpAccess } from './least-access.ts'

interface Door {
  name: string
  method: string
  path: string
  /** Any one of them is enough. */
  accesses: readonly (Access | OpAccess | undefined)[]
  query?: TSchema
  body?: TSchema
}

interface DeclaredOp {
  set: OpSet
  name: string
  /** Undefined where nobody has decided it. */
  access: OpAccess | undefined
  input: TSchema
}

const ops: DeclaredOp[] = Object.values<OpSet>(opSets).flatMap((set) =>
  Object.values(set.ops).map(({ name, input }) => ({
    ...{ set, name, input },
    access: leastOpAccess.get(`${set.tool} ${name}`),
  })),
)
const nameOf = ({ set, name }: DeclaredOp) => `${set.tool} ${name}`
const accessesOf = (set: OpSet) => ops.filter((op) => op.set === set).map(({ access }) => access)

/** Everything that is served. */
const doors: Door[] = [
  ...Object.entries<Endpoint>(endpoints).map(([name, door]) => ({ ...door, name, accesses: [leastAccess.get(name)] })),
  ...Object.values<OpSet>(opSets).flatMap((set) =>
    set.http ? [{ name: set.tool, method: 'POST', path: set.http.path, accesses: accessesOf(set) }] : [],
  ),
]

const scopes = [
  'runs:create',
  'runs:read',
  'channel:publish',
  'channel:read',
  'substrate:tenant',
  'substrate:admin',
] as const satisfies Access[]
type Scope = (typeof scopes)[number]

/** What a scope is good for besides itself. */
const included: Partial<Record<Scope, readonly Access[]>> = {
  'substrate:tenant': ['runs:create', 'runs:read', 'channel:publish', 'channel:read'],
  'substrate:admin': scopes,
}

/** Whoever may ask. */
const people: Record<string, Partial<Principal> & { scopes: readonly Scope[] }> = {
  'somebody without any scope': { scopes: [] },
  'a user who may use runs': { scopes: ['runs:create', 'runs:read'] },
  'a user of another tenant': { tenantId: 'other', scopes: ['runs:create', 'runs:read'] },
  'a tenant’s administrator': { scopes: ['substrate:tenant'] },
  'the operator': { scopes: ['substrate:admin'] },
  ...Object.fromEntries(scopes.map((scope) => [`somebody with ${scope} alone`, { scopes: [scope] }])),
}

function isLetIn(held: readonly Scope[], access: Access | OpAccess | undefined): boolean {
  if (access === 'none' || access === 'any') return true
  return held.some((scope) => scope === access || included[scope]?.includes(access as Access))
}

/** Asks a door, its parameters filled in, and reads as far as one frame of what does not end. */
async function knock({ url }: TestRuntime, door: Door, known: Known = {}) {
  const path = door.path.replace(/\{(\w+)(?:\.\.\.)?\}/g, (_, name) => encodeURIComponent(String(known[name] ?? 'x')))
  const { tenant = '', scope_id = '' } = known
  const query = door.query ? (sampleOf(door.query, known) as Record<string, unknown>) : { tenant, scope_id }
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  const body = door.body ? sampleOf(door.body, known) : {}
  const asked = `${path}?${search.join('&')}`
  const response = await fetch(url + asked, {
    method: door.method,
    redirect: 'manual',
    ...(door.method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const code = response.headers.get(ERROR_CODE_HEADER)
  const head = { status: response.status, code, said: asked + JSON.stringify(body) }
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isEndless) return { ...head, text: await response.text() }
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = await reader.read()
  await reader.cancel()
  return { ...head, text: value }
}

/** What an op answers somebody, or the code it is refused with. */
async function call(
  runtime: TestRuntime,
  op: DeclaredOp,
  who: Partial<Principal>,
  input: object = {},
  focus: Known = {},
) {
  const caller = { ...aCaller(who), focus }
  try {
    const answer = await runtime.ctx.ops.get(op.set.tool)!.dispatch(caller, { op: op.name, ...input })
    return { answer, code: undefined, message: '' }
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    return { answer: undefined, code: error.code, message: error.message }
  }
}

describe('whoever asks', () => {
  it('meets no door and no op whose access nobody has decided, and none is decided that does not exist', () => {
    expect([...leastAccess.keys()].sort()).toEqual(Object.keys(endpoints).sort())
    expect([...leastOpAccess.keys()].sort()).toEqual(ops.map(nameOf).sort())
  })

  it.each(Object.entries(people))('%s: is let in where the table says so, and nowhere else', async (_, who) => {
    const runtime = await startRuntime({ authenticate: async () => aPrincipal(who) })
    const refused: string[] = []
    for (const door of doors) {
      const { status, code } = await knock(runtime, door)
      if (code === 'insufficient_scope' && status === 403) refused.push(door.name)
    }
    const closed = doors.filter(({ accesses }) => !accesses.some((access) => isLetIn(who.scopes, access)))
    expect(refused).toEqual(closed.map(({ name }) => name))
  })

  it.each(Object.entries(people))('%s: is answered the ops that the table opens, and no other', async (_, who) => {
    const runtime = await startRuntime()
    const refused: string[] = []
    const forRuns: string[] = []
    for (const op of ops) {
      const { code, message } = await call(runtime, op, who)
      if (code === 'insufficient_scope') refused.push(nameOf(op))
      if (code === 'tool_refused' && message.includes('only an agent can')) forRuns.push(nameOf(op))
    }
    const isForRuns = ({ access }: DeclaredOp) => access === 'run'
    expect(forRuns).toEqual(ops.filter(isForRuns).map(nameOf))
    expect(refused).toEqual(ops.filter((op) => !isForRuns(op) && !isLetIn(who.scopes, op.access)).map(nameOf))
  })

  it('without saying who they are is let in where nobody has to', async () => {
    const runtime = await startRuntime({
      authenticate: async () => {
        throw new RuntimeError('unauthorized', 'unauthorized')
      },
    })
    const open: string[] = []
    for (const door of doors) if ((await knock(runtime, door)).status !== 401) open.push(door.name)
    expect(open).toEqual(doors.filter(({ accesses }) => accesses.includes('none')).map(({ name }) => name))
  })
})

describe('of what a tenant has', () => {
  const administrator = aPrincipal({ scopes: ['substrate:tenant'] })
  const foreign = aPrincipal({ tenantId: 'other', scopes: ['substrate:tenant'] })

  it('its own administrator is shown all, and another tenant’s nothing, who changes nothing either', async () => {
    let caller = administrator
    const world = await aWorld(async () => caller)
    const { runtime, knownTo, isOurs } = world
    const focus = { tenantId: 'default', scopeId: 'ada' }

    const shown = async () => {
      const names: string[] = []
      for (const door of doors.filter(({ method }) => method === 'GET')) {
        const { status, text, said } = await knock(runtime, door, knownTo(door.path))
        if (status === 200 && isOurs(text, said)) names.push(door.name)
      }
      for (const op of ops) {
        if (caller === administrator && !reading.includes(nameOf(op))) continue
        const input = sampleOf(op.input, knownTo(nameOf(op))) as object
        const { answer } = await call(runtime, op, caller, input, focus)
        if (isOurs(await textOf(answer), JSON.stringify(input))) names.push(nameOf(op))
      }
      return names
    }
    expect(await shown()).toEqual(
      expect.arrayContaining([
        ...['streamRun', 'getAgent', 'listUserAgents', 'getTranscript', 'listRunInterrupts', 'listUserInterrupts'],
        ...['listMemoryKeys', 'getMemoryKey', 'peekChannel'],
        ...['listAgentDefNames', 'listLibraryAgents', 'listLibrarySkills'],
        ...reading,
      ]),
    )

    caller = foreign
    const before = await rowsOf(runtime.ctx.db)
    expect(await shown()).toEqual([])
    const told: string[] = []
    for (const door of doors.filter(({ method }) => method !== 'GET')) {
      const { text, said } = await knock(runtime, door, knownTo(door.path))
      if (isOurs(text, said)) told.push(door.name)
    }
    expect(told).toEqual([])
    const after = new Set(await rowsOf(runtime.ctx.db))
    expect(before.filter((row) => !after.has(row))).toEqual([])
  }, 60_000)
})

/** Ops that show what somebody has, each set that is not about runs among them. */
const reading = [
  ...['AgentDef get', 'AgentDef list', 'AgentDef derived', 'Context lineage', 'SkillDef get', 'SkillDef list'],
  ...['Channel peek', 'Context history', 'Document get_document', 'Document get_chunk', 'Document search'],
  ...['Evaluation get', 'Evaluation list_for_run', 'History list', 'History get', 'Memory get', 'Memory list'],
  ...['Path ls', 'Path stat'],
]

const acknowledging = ['Channel ack', endpoints.ackChannel.path, endpoints.ackUserChannel.path]

/** A tenant that has some of everything, each with a word that stands nowhere else. */
async function aWorld(authenticate: () => Promise<Principal>) {
  const { runtime, talk, runId, questions } = await asked([ask('What is the q-word?')], { authenticate })
  const { agentId, sessionId } = talk.session
  const admin = { scopes: ['substrate:tenant'] }
  // biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
  const does = async (tool: string, input: object): Promise<any> =>
    runtime.ctx.ops.get(tool)!.dispatch(aCaller(admin), input)
  await fetch(`${runtime.url}/v1/_channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'news', scope: 'global' }),
  })
  await does('Channel', { op: 'publish', channel: 'news', value: 'the c-word' })
  await does('Memory', { op: 'set', scope: 'user', key: 'k', value: 'the m-word' })
  const document = { op: 'create_document', title: 'The d-word to go', path: '/docs/d-word' }
  const { document_id, root_chunk_id } = await does('Document', document)
  const { id } = await does('Document', { op: 'create_chunk', document_id, title: 'A d-word', body: 'd-word' })
  const { eval_id } = await does('Evaluation', { op: 'submit', run_id: runId, score: 1, rationale: 'the e-word' })
  const { def_id } = await does('AgentDef', { op: 'create', name: 'made', overlay: { description: 'w-word' } })
  const fork = await does('AgentDef', { op: 'fork', name: 'made' })
  const skill = await does('SkillDef', { op: 'create', name: 'made', overlay: { body: 'The s-word' } })
  await does('AgentDef', { op: 'derive', session_id: sessionId, overrides: { max_tokens: 17 } })
  const known: Known = {
    ...{ run_id: runId, agent_id: agentId, session_id: sessionId, user_id: 'ada', eval_id, chunk_id: id },
    ...{ interrupt_id: questions[0]!.interrupt_id, interruption_id: questions[0]!.interrupt_id },
    ...{ tenant: 'default', scope: 'user', scope_id: 'ada', key: 'k', path: '/docs/d-word', query: 'go' },
    ...{ name: 'news', channel: 'news', channels: ['news'], cursor: '', agent_name: 'model' },
    ...{ document_id, id, from_id: id, to_id: root_chunk_id, parent_id: root_chunk_id },
  }
  /** The same name means one thing here and another there. */
  const meant: Known = {
    ...{ 'Document get_document': { id: document_id }, 'Path ls': { path: '/docs' } },
    ...{ 'AgentDef get': { def_id }, 'AgentDef list': { name: 'made' }, 'Context lineage': { def_id } },
    ...{ 'SkillDef get': { def_id: skill.def_id }, 'SkillDef list': { name: 'made' } },
    ...Object.fromEntries(acknowledging.map((asked) => [asked, { cursor: 'cur_0' }])),
  }
  const ours = [runId, agentId, sessionId, questions[0]!.interrupt_id, document_id, eval_id, def_id, fork.def_id]
  const words = ['q-word', 'c-word', 'm-word', 'The d-word', 'A d-word', 'e-word', 'w-word', 'The s-word', 'derived/']
  return {
    runtime,
    knownTo: (asked: string): Known => ({
      ...known,
      ...(asked.includes('/sessions/') ? { id: sessionId } : (meant[asked] as Known | undefined)),
    }),
    /** Whether a text tells something; an id that was named by who asked is no news. */
    isOurs: (text: string, said = '') =>
      [...words, ...ours.filter((id) => !said.includes(id))].some((word) => text.includes(word)),
  }
}

async function textOf(answer: unknown): Promise<string> {
  const whole = answer && typeof answer === 'object' && 'whole' in answer ? await (answer as Whole).whole() : answer
  return JSON.stringify(whole) ?? ''
}

interface Whole {
  whole(): Promise<unknown>
}

/** Every row there is, as text. */
async function rowsOf(db: Database): Promise<string[]> {
  const listed =
    testStore === 'sqlite'
      ? `select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' and name not glob '*_fts*'`
      : `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'commit_ticks'`
  const tables = await db.all<{ name: string }>(listed, [])
  const rows = tables.map(async ({ name }) =>
    (await db.all<object>(`select * from "${name}"`, [])).map((row) => `${name} ${JSON.stringify(row)}`),
  )
  return (await Promise.all(rows)).flat()
}
