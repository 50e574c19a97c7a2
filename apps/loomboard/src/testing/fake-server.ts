import type {
  Agent,
  Chat,
  InterruptRow,
  PromptSegment,
  RunEvent,
  RunnableAgent,
  SaidInput,
  wire,
} from '@loomcycle/client'
import { answerProblem } from './answer-problem.ts'
import { FakeDefinitions } from './fake-definitions.ts'
import { FakeDocuments, Refusal } from './fake-documents.ts'
import { FakeTeamRuns } from './fake-team-runs.ts'
import { FakeVolumes } from './fake-volumes.ts'

export interface FakeRun {
  run_id: string
  agent_id: string
  session_id: string
  status: 'running' | 'completed' | 'failed' | 'cancelled'
  phase: 'working' | 'parked'
}

interface Row {
  seq: number
  run_id: string
  ts_ns: number
  type: string
  event: object
  payload?: unknown
}

interface FakeSession {
  chat: Chat
  rows: Row[]
  queued: SaidInput[]
  returned: (SaidInput & { by?: string })[]
}

type Reader = { run: FakeRun; controller: ReadableStreamDefaultController<Uint8Array> }

/** What an agent does when it is told something. Emits events; parks when it returns, unless the run has ended. */
export type FakeAgent = (told: string, run: FakeRun, server: FakeServer) => void | Promise<void>

/** What a request brings; each route knows what it may expect. */
// biome-ignore lint/suspicious/noExplicitAny: the contract's schemas are checked where the runtime is
type Body = any

/** The answer of what answers, or its refusal. */
function answered(answer: () => unknown): Response {
  try {
    return json(answer())
  } catch (error) {
    if (error instanceof Refusal) return json(error.body, error.status)
    throw error
  }
}

const noEvaluation = (def_id: string): wire.EvaluationAggregateOutput => ({
  def_id,
  count: 0,
  dimensions: {},
  by_emitter_role: {},
  lineage_included: false,
})

const encoder = new TextEncoder()
const json = (body: unknown, status = 200) => Response.json(body, { status })
const plain = (text: string, status: number) => new Response(`${text}\n`, { status })

/** A `fetch` that speaks the contract from memory: sessions, runs, their logs and their streams. */
export class FakeServer {
  readonly sessions = new Map<string, FakeSession>()
  readonly runs = new Map<string, FakeRun>()
  readonly requests: { method: string; path: string; body: unknown; key: string | null }[] = []
  agents: RunnableAgent[] = [
    { name: 'demo', source: 'bundled', default: true, scripted: true, description: 'Plays a script.' },
  ]
  readonly documents = new FakeDocuments((change) => {
    for (const follower of this.followers) {
      if (follower.documentId === change.document_id) follower.tell(change)
    }
  })
  /** Agents, skills and teams as data; those that can be started are `agents`. */
  readonly agentDefs = new FakeDefinitions('AgentDef', () => this.now())
  readonly skillDefs = new FakeDefinitions('SkillDef', () => this.now())
  readonly teamDefs = new FakeDefinitions('TeamDef', () => this.now())
  readonly teamRuns = new FakeTeamRuns()
  readonly volumes = new FakeVolumes()
  /** What conversations have otherwise than their agents, by session; by name where none has begun with it. */
  readonly derived = new Map<string, wire.DerivedAgent>()
  models: wire.ModelCatalogue = { providers: [{ provider: 'scripted', default: true, scripted: true, models: [] }] }
  /** How the services are doing, and which models stand for tiers; for operators. */
  services: wire.ResolverMatrix['providers'] = {}
  userTiers: wire.RoutingUserTier[] = []
  usage: wire.UsageAggregate[] = []
  replicas: wire.Replica[] = []
  limits: wire.TokenLimit[] = []
  /** What was said of runs, by what was judged. */
  readonly evaluations = new Map<string, wire.EvaluationAggregateOutput>()
  /** Answers of this server that a runtime could not give. */
  readonly problems: string[] = []
  questions: InterruptRow[] = []
  userRuns: Agent[] = []
  /** Who has which document open, besides whoever asks. */
  people: wire.DocumentPresence['people'] = []
  private readonly followers = new Set<{ documentId: string; tell: (change: { seq: number }) => void }>()
  /** Answers a request before the routes do, or holds it; undefined lets it pass. */
  intercept:
    | ((method: string, path: string, body: unknown) => Response | Promise<Response | undefined> | undefined)
    | undefined
  /** Requests reach nobody. */
  down = false
  /** The next request is heard and its answer is not. */
  loseAnswer = false
  token: string | undefined
  /** Inputs by the key they were sent with: the same key is the same input. */
  private readonly keyed = new Map<string, string>()
  private signedIn = false
  private readers = new Set<Reader>()
  private counter = 0
  private readonly agent: FakeAgent
  private readonly now: () => number

  constructor(agent: FakeAgent = () => {}, now: () => number = () => 1_700_000_000_000) {
    this.agent = agent
    this.now = now
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://fake')
    const method = init?.method ?? 'GET'
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    const key = new Headers(init?.headers).get('Idempotency-Key')
    this.requests.push({ method, path: url.pathname + url.search, body, key })
    await undefined
    init?.signal?.throwIfAborted()
    if (this.down) throw new TypeError('fetch failed')
    const intercepted = await this.intercept?.(method, url.pathname, body)
    const answer = intercepted ?? (await this.checked(method, url, body, init))
    if (!this.loseAnswer) return answer
    this.loseAnswer = false
    throw new TypeError('fetch failed')
  }

  /** Stores events of a run and sends them to everybody who reads it. */
  emit(run: FakeRun, ...events: RunEvent[]): void {
    for (const event of events) {
      const row = this.store(run, event.type, event)
      if (event.type === 'awaiting_input') run.phase = 'parked'
      for (const reader of this.readers) if (reader.run === run) write(reader, row.seq, event)
    }
  }

  end(run: FakeRun, status: 'completed' | 'failed' | 'cancelled' = 'completed'): void {
    run.status = status
    const session = this.sessions.get(run.session_id)!
    for (const input of session.queued.splice(0)) {
      this.emit(run, { type: 'input_returned', input_returned: { input_id: input.input_id, text: input.text } })
      session.returned.push(input)
    }
    this.emit(run, { type: 'done', stop_reason: status === 'cancelled' ? 'cancelled by api' : 'end_turn' })
    for (const reader of [...this.readers]) if (reader.run === run) this.close(reader)
  }

  /** Breaks every open stream, as a network does. */
  drop(): void {
    for (const reader of this.readers) reader.controller.error(new TypeError('network error'))
    this.readers.clear()
  }

  get readerCount(): number {
    return this.readers.size
  }

  /** How many messages of a session wait for their author. */
  returnedTo(sessionId: string): number {
    return this.sessions.get(sessionId)!.returned.filter(({ by }) => !by).length
  }

  /** Lets a run take something in: what `POST …/input` does, and the start of every run. */
  tell(run: FakeRun, text: string, input_id?: string, segments = userTurn(text)): void {
    run.phase = 'working'
    const session = this.sessions.get(run.session_id)!
    session.queued = session.queued.filter((input) => input.input_id !== input_id)
    const row = this.store(run, 'user_input', { type: 'user_input', input_id }, segments)
    const event = steerOf(row, input_id)
    for (const reader of this.readers) if (reader.run === run) write(reader, row.seq, event)
    void Promise.resolve(this.agent(text, run, this)).then(() => {
      if (run.status === 'running' && run.phase === 'working') {
        this.emit(run, { type: 'awaiting_input', awaiting_input: { since_turn: 1 } })
      }
    })
  }

  /** A session with a run that is parked, or over. */
  addSession(title: string, told: string, phase: 'parked' | 'ended' | 'working' = 'parked'): FakeRun {
    const run = this.newRun('demo', undefined, title)
    this.store(run, 'user_input', { type: 'user_input' }, userTurn(told))
    if (phase === 'working') return run
    run.phase = 'parked'
    if (phase === 'ended') run.status = 'completed'
    return run
  }

  private async checked(method: string, url: URL, body: Body, init?: RequestInit): Promise<Response> {
    const answer = this.route(method, url, body, init)
    const isJson = answer.ok && answer.headers.get('Content-Type')?.startsWith('application/json')
    const problem = isJson && answerProblem(method, url.pathname, body, await answer.clone().json())
    if (!problem) return answer
    this.problems.push(problem)
    throw new Error(problem)
  }

  private route(method: string, url: URL, body: Body, init?: RequestInit): Response {
    const { pathname: path } = url
    if (path === '/healthz')
      return json({ ok: true, version: 'fake', commit: 'unknown', uptime_seconds: 60, metrics_enabled: false })
    if (path === '/ui/session') {
      const bearer = new Headers(init?.headers).get('Authorization')?.slice('Bearer '.length)
      if (this.token && bearer !== this.token) return plain('unauthorized', 401)
      this.signedIn = true
      return new Response(null, { status: 204 })
    }
    if (path === '/ui/logout') {
      this.signedIn = false
      return new Response(null, { status: 204 })
    }
    if (this.token && !this.signedIn) return plain('unauthorized', 401)
    if (path === '/v1/_me') {
      return json({
        tenant_id: 'default',
        subject: 'default',
        scopes: ['substrate:admin'],
        is_admin: true,
        capabilities: { mcp_allow_dynamic_stdio: false, http_host_allowlist_configured: false },
        legacy: false,
        open_mode: !this.token,
      })
    }
    if (path === '/v1/_runnable-agents') return json({ agents: this.agents })
    if (path === '/v1/_history') return this.history(body)
    if (path === '/v1/runs') return this.start(body.agent, body.segments, undefined, init)

    if (path === '/v1/_library/agents') return json({ entries: this.agentDefs.entries() })
    if (path === '/v1/_library/skills') return json({ entries: this.skillDefs.entries() })
    if (path === '/v1/_agentdef') return answered(() => this.deriving(body) ?? this.agentDefs.answer(body))
    if (path === '/v1/_skilldef') return answered(() => this.skillDefs.answer(body))
    if (path === '/v1/_library/teams') return json({ entries: this.teamDefs.entries() })
    if (path === '/v1/_teamdef') return answered(() => this.teamRuns.answer(body) ?? this.teamDefs.answer(body))
    if (path === '/v1/_evaluation') return json(this.evaluations.get(body.def_id) ?? noEvaluation(body.def_id))
    if (path === '/v1/_models') return json(this.models)
    if (path === '/v1/_resolver' || path === '/v1/_resolve/probe')
      return json({ generated_at: this.time(), providers: this.services })
    if (path === '/v1/_routing') return json({ generated_at: this.time(), admin: true, user_tiers: this.userTiers })
    if (path === '/v1/_usage') return json(this.usageReport(url.searchParams))
    if (path === '/v1/_replicas') return json({ replicas: this.replicas })
    if (path === '/v1/_limits') return this.limitsAnswer(method, url.searchParams, body)
    if (path.startsWith('/v1/_volume')) return answered(() => this.volume(url, body))

    if (path === '/v1/_document') return this.document(body, init)
    if (path === '/v1/_document/changes') return this.followDocument(url.searchParams, init)
    if (path === '/v1/_document/presence') return json(this.presence(body.document_id))
    if (path === '/v1/_path') return this.names(body)
    if (path === '/v1/_browser_sessions') return json({ sessions: [] })
    const user = /^\/v1\/users\/[^/]+\/(agents\/stream|agents|interrupts)$/.exec(path)?.[1]
    if (user === 'agents/stream') return quietStream(init)
    if (user === 'agents') return json(this.listRuns(Number(url.searchParams.get('cursor') ?? 0)))
    if (user === 'interrupts') return json({ interrupts: this.questions, total: this.questions.length })

    const question = /^\/v1\/runs\/[^/]+\/interrupts\/([^/]+)\/resolve$/.exec(path)?.[1]
    if (question) {
      this.questions = this.questions.filter(({ interrupt_id }) => interrupt_id !== question)
      return json({ interrupt_id: question, status: 'resolved', resolved_at: new Date(this.now()).toISOString() })
    }

    const session = /^\/v1\/sessions\/([^/]+)\/(transcript|messages|returned_inputs)$/.exec(path)
    if (session) return this.session(session[1]!, session[2]!, url, body, init)
    const run = /^\/v1\/runs\/([^/]+)\/(stream|input|cancel|compact)$/.exec(path)
    if (run) return this.run(run[1]!, run[2]!, url, body, init)
    const agent = /^\/v1\/agents\/([^/]+)\/cancel$/.exec(path)
    if (agent) {
      const found = [...this.runs.values()].find((candidate) => candidate.agent_id === agent[1])
      if (found?.status === 'running') this.end(found, 'cancelled')
      return json({ cancelled: true, agent_id: agent[1], cancelled_count: 1 })
    }
    return plain(`404 page not found: ${method} ${path}`, 404)
  }

  /** Agents of conversations; the names of those that nothing has begun with yet are their own. */
  private deriving({ op, name, session_id = '', overrides }: Body): object | undefined {
    const session = this.sessions.get(session_id)
    if (op === 'derived')
      return { session_id, ...(this.derived.has(session_id) ? { derived: this.derived.get(session_id) } : {}) }
    if (op === 'restore')
      return { session_id, agent: session?.chat.agent ?? '', restored: this.derived.delete(session_id) }
    if (op !== 'derive') return undefined
    if (overrides.model === 'gone') throw this.agentDefs.refusal('derive', 'the service has no model gone')
    const base = name ?? session?.chat.agent
    const of = session ? { session_id } : {}
    const derived = { name: `~derived/${this.derived.size + 1}`, base, ...of, overrides, provider: 'p', model: 'm' }
    this.derived.set(session ? session_id : derived.name, derived)
    return derived
  }

  private time(): string {
    return new Date(this.now()).toISOString()
  }

  private usageReport(query: URLSearchParams): wire.UsageReport {
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
    const rows = this.usage.filter(({ day = '' }) => day >= from && day <= to)
    const group_by = (query.get('group_by')?.split(',') ?? []) as wire.UsageReport['group_by']
    return { group_by, from, to, rows }
  }

  private limitsAnswer(method: string, query: URLSearchParams, body: Body): Response {
    if (method === 'GET') return json({ limits: this.limits })
    const { scope, scope_id } = method === 'PUT' ? body : Object.fromEntries(query)
    this.limits = this.limits.filter((limit) => limit.scope !== scope || limit.scope_id !== scope_id)
    if (method === 'DELETE') return new Response(null, { status: 204 })
    const limit: wire.TokenLimit = {
      ...{ tenant_id: scope === 'operator' ? '' : 'default', used: 0, resets_at: '2023-12-01T00:00:00Z' },
      ...body,
    }
    this.limits.push(limit)
    return json(limit)
  }

  private document(body: Body, init?: RequestInit): Response {
    return answered(() => this.documents.answer(body, new Headers(init?.headers).get('Idempotency-Key')))
  }

  private volume({ pathname, searchParams }: URL, body: Body): unknown {
    if (pathname === '/v1/_volumedef') return this.volumes.answer(body)
    if (pathname === '/v1/_volumes') return { entries: this.volumes.volumes }
    if (pathname === '/v1/_volumes/ephemeral') return { entries: [] }
    const [, name = '', what] = /^\/v1\/_volumes\/([^/]+)\/(files|content)$/.exec(pathname) ?? []
    const path = searchParams.get('path') ?? ''
    const number = (key: string, otherwise: number) => Number(searchParams.get(key) ?? otherwise)
    return what === 'files'
      ? this.volumes.list(name, path, number('limit', 200), number('cursor', 0))
      : this.volumes.content(name, path, number('offset', 0), number('limit', 262_144))
  }

  private presence(document_id: string): wire.DocumentPresence {
    return { type: 'presence', document_id, people: this.people }
  }

  private followDocument(query: URLSearchParams, init?: RequestInit): Response {
    const documentId = query.get('document_id') ?? ''
    const since = Number(query.get('since') ?? this.documents.changes.length)
    return frames(init, (send) => {
      send(since, { type: 'ready' })
      if (query.get('presence') === '1') send(since, this.presence(documentId))
      for (const change of this.documents.changes.slice(since)) {
        if (change.document_id === documentId) send(change.seq, change)
      }
      const follower = { documentId, tell: (change: { seq: number }) => send(change.seq, change) }
      this.followers.add(follower)
      return () => this.followers.delete(follower)
    })
  }

  private names(body: Body): Response {
    const all = [...this.documents.documents.values()]
    const entry = ({ path, id }: { path: string; id: string }) => ({
      name: path.split('/').at(-1) ?? '',
      kind: 'document',
      full_path: path,
      resource_ref: { document_id: id },
    })
    const folders = [...new Set(all.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))].filter(Boolean)
    const folder = (path: string) => ({ name: path.slice(1), kind: 'directory', full_path: path })
    if (body.op === 'ls') {
      const inside = all.filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === body.path)
      return json({ path: body.path, entries: body.path === '/' ? folders.map(folder) : inside.map(entry) })
    }
    const found = all.find(({ path }) => path === body.path)
    if (found) return json(entry(found))
    if (folders.includes(body.path)) return json(folder(body.path))
    return json({ code: 'tool_refused', tool: 'Path', error: `no such path: ${body.path}` }, 422)
  }

  private history(input: Body): Response {
    const session = this.sessions.get(input.session_id)
    if (input.op === 'list') {
      const chats = [...this.sessions.values()]
        .map(({ chat }) => ({ ...chat, ...this.latest(chat.session_id) }))
        .filter((chat) => !chat.archived)
        .sort(
          (a, b) =>
            Number(b.pinned ?? false) - Number(a.pinned ?? false) || b.last_activity.localeCompare(a.last_activity),
        )
      const { limit = 50, cursor } = input
      const from = chats.findIndex(({ session_id }) => session_id === cursor) + 1
      const page = chats.slice(from, from + limit)
      const next = from + limit < chats.length ? { next_cursor: page.at(-1)?.session_id } : {}
      return json({ scope: 'user', chats: page, total: chats.length, limit, offset: 0, ...next })
    }
    if (input.op === 'tags') return json({ scope: 'user', tags: [] })
    if (input.op === 'branches') return json({ scope: 'user', branches: [] })
    if (!session) return json({ code: 'tool_refused', error: 'no such conversation', tool: 'History' }, 422)
    if (input.op === 'rename') session.chat.title = input.title
    if (input.op === 'pin') session.chat.pinned = input.pinned
    if (input.op === 'archive') session.chat.archived = input.archived
    return json({ scope: 'user', chat: session.chat })
  }

  private latest(sessionId: string) {
    const run = [...this.runs.values()].findLast((candidate) => candidate.session_id === sessionId)
    return (
      run && {
        run_id: run.run_id,
        agent_id: run.agent_id,
        status: run.status,
        phase: run.status === 'running' ? run.phase : undefined,
      }
    )
  }

  private listRuns(from: number) {
    const agents = this.userRuns.slice(from, from + 100)
    return { agents, ...(from + 100 < this.userRuns.length ? { next_cursor: String(from + 100) } : {}) }
  }

  private session(id: string, what: string, url: URL, body: Body, init?: RequestInit): Response {
    const session = this.sessions.get(id)
    if (!session) return plain(`session not found: ${id}`, 404)
    if (what === 'messages') {
      if (this.latest(id)?.status === 'running')
        return json({ code: 'session_busy', error: 'the session has a live run' }, 409)
      return this.start(session.chat.agent, body.segments, id, init)
    }
    if (what === 'returned_inputs') {
      const by = new Headers(init?.headers).get('Idempotency-Key') ?? 'nobody'
      for (const input of session.returned) input.by ??= by
      return json({ inputs: session.returned.filter((input) => input.by === by) })
    }
    const before = Number(url.searchParams.get('before_seq') ?? Number.POSITIVE_INFINITY)
    const limit = Number(url.searchParams.get('limit') ?? Number.POSITIVE_INFINITY)
    const older = session.rows.filter((row) => row.seq < before)
    const latest = this.latest(id)
    return json({
      session: { ...session.chat, id },
      events: older.slice(-limit),
      has_more: older.length > limit,
      latest_run: latest && { ...latest, agent: session.chat.agent, interactive: true },
      queued_inputs: session.queued,
      returned_inputs: this.returnedTo(id),
    })
  }

  private run(id: string, what: string, url: URL, body: Body, init?: RequestInit): Response {
    const run = this.runs.get(id)
    if (!run) return plain('no such run', 404)
    if (what === 'stream') {
      const headers = new Headers(init?.headers)
      return this.stream(run, Number(headers.get('Last-Event-ID') ?? url.searchParams.get('from_seq') ?? 0), init)
    }
    if (what === 'compact') return this.compact(run)
    if (run.status !== 'running') return plain('no in-flight run for that run_id', 404)
    if (what === 'input') {
      const key = new Headers(init?.headers).get('Idempotency-Key')
      const known = key === null ? undefined : this.keyed.get(key)
      if (known) return json({ run_id: id, delivered: true, input_id: known })
      const input_id = `in${++this.counter}`
      if (key !== null) this.keyed.set(key, input_id)
      const segments: PromptSegment[] = body.segments ?? userTurn(body.text)
      const text = textOf(segments)
      if (run.phase === 'parked') this.tell(run, text, input_id, segments)
      else {
        const said_at = new Date(this.now()).toISOString()
        this.sessions.get(run.session_id)!.queued.push({ input_id, run_id: id, text, segments, said_at })
      }
      return json({ run_id: id, delivered: true, input_id })
    }
    if (run.phase === 'parked') return json({ code: 'not_mid_turn', error: 'the run is parked' }, 409)
    this.emit(
      run,
      { type: 'turn_cancelled', turn_cancelled: { since_turn: 1 } },
      { type: 'awaiting_input', awaiting_input: { since_turn: 1 } },
    )
    return json({ run_id: id, stopped: true, parked: true })
  }

  private compact(run: FakeRun): Response {
    if (run.status === 'running' && run.phase !== 'parked') return json({ code: 'run_busy', error: 'not now' }, 409)
    const [before_tokens, after_tokens] = [9_000, 900]
    const event = { summary: 'So far…', before_tokens, after_tokens, trigger: 'manual' as const }
    this.emit(run, { type: 'context_compaction', context_compaction: event })
    const applied = run.status === 'running' ? 'live' : 'marker'
    return json({ run_id: run.run_id, compacted: true, before_tokens, after_tokens, applied })
  }

  private start(agent: string, segments: PromptSegment[], sessionId: string | undefined, init?: RequestInit): Response {
    const derived = this.derived.get(agent)
    const base = derived?.base ?? agent
    if (!this.agents.some((candidate) => candidate.name === base)) return plain(`unknown agent "${agent}"`, 400)
    const text = textOf(segments)
    const run = this.newRun(base, sessionId, text.slice(0, 60))
    if (derived) this.derived.set(run.session_id, derived)
    const response = this.stream(run, this.sessions.get(run.session_id)!.rows.at(-1)?.seq ?? 0, init, true)
    this.tell(run, text, undefined, segments)
    return response
  }

  private newRun(agent: string, sessionId: string | undefined, title: string): FakeRun {
    const n = ++this.counter
    const session_id = sessionId ?? `s${n}`
    const now = new Date(this.now()).toISOString()
    if (!sessionId) {
      const chat = {
        session_id,
        tenant_id: 'default',
        agent,
        user_id: 'default',
        created_at: now,
        last_activity: now,
        status: 'running' as const,
        title,
        run_count: 1,
        input_tokens: 0,
        output_tokens: 0,
        cost: 0,
      }
      this.sessions.set(session_id, { chat, rows: [], queued: [], returned: [] })
    }
    const run: FakeRun = { run_id: `r${n}`, agent_id: `a${n}`, session_id, status: 'running', phase: 'working' }
    this.runs.set(run.run_id, run)
    return run
  }

  private store(run: FakeRun, type: string, event: object, payload?: unknown): Row {
    const { rows, chat } = this.sessions.get(run.session_id)!
    chat.last_activity = new Date(this.now()).toISOString()
    const row = { seq: rows.length + 1, run_id: run.run_id, ts_ns: this.now() * 1e6, type, event, payload }
    rows.push(row)
    return row
  }

  private stream(run: FakeRun, fromSeq: number, init?: RequestInit, greet = false): Response {
    let reader: Reader | undefined
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        reader = { run, controller }
        if (greet) write(reader, undefined, { type: 'session', text: run.session_id, session_id: run.session_id })
        const { run_id, agent_id, session_id } = run
        write(reader, undefined, { type: 'agent', agent_id, run_id, session_id })
        for (const row of this.sessions.get(run.session_id)!.rows) {
          if (row.seq <= fromSeq || row.run_id !== run.run_id) continue
          write(reader, row.seq, row.type === 'user_input' ? steerOf(row) : (row.event as RunEvent))
        }
        if (run.status !== 'running') controller.close()
        else this.readers.add(reader)
      },
      cancel: () => void (reader && this.readers.delete(reader)),
    })
    init?.signal?.addEventListener('abort', () => {
      if (reader && this.readers.delete(reader)) reader.controller.error(init.signal?.reason)
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  }

  private close(reader: Reader): void {
    this.readers.delete(reader)
    reader.controller.close()
  }
}

/** A stream that stays open until nobody reads it; `begin` gets the way to send, and answers with what to do at its end. */
function frames(
  init: RequestInit | undefined,
  begin: (send: (id: number, data: object) => void) => () => void,
): Response {
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const stop = begin((id, data) => {
        const { type } = data as { type: string }
        controller.enqueue(encoder.encode(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`))
      })
      end = () => {
        stop()
        end = () => {}
      }
      init?.signal?.addEventListener('abort', () => {
        end()
        controller.error(init.signal?.reason)
      })
    },
    cancel: () => end(),
  })
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
}

/** A stream on which nothing happens. */
const quietStream = (init?: RequestInit) => frames(init, () => () => {})

function steerOf(row: Row, input_id?: string): RunEvent {
  const segments = row.payload as PromptSegment[]
  const images = segments.flatMap(({ content }) => content.filter(({ type }) => type === 'image')).length
  const user_input = { text: textOf(segments), source: 'replay' as const, ...(input_id ? { input_id } : {}) }
  return { type: 'steer', user_input: { ...user_input, ...(images ? { attached: { texts: 0, images } } : {}) } }
}

function userTurn(text: string): PromptSegment[] {
  return [{ role: 'user', content: [{ type: 'trusted-text', text }] }]
}

function textOf(segments: readonly PromptSegment[]): string {
  return segments.flatMap(({ content }) => content.flatMap((block) => ('text' in block ? [block.text] : []))).join('\n')
}

function write(reader: Reader, seq: number | undefined, event: RunEvent): void {
  const id = seq === undefined ? '' : `id: ${seq}\n`
  reader.controller.enqueue(encoder.encode(`${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`))
}
