import type { Agent, AgentStatus, LoomcycleClient, ParentContext, RunStateEvent } from '@loomcycle/client'
import { createStore, type Store } from '../browser/store.ts'

/** One of this person's runs, as the runtime last said. */
export interface LiveRun {
  runId: string
  agentId: string
  sessionId: string
  agent: string
  parentAgentId?: string
  status: 'running' | 'completed' | 'failed' | 'cancelled'
  phase?: 'queued' | 'working' | 'parked' | 'waiting'
  awaited?: 'channel' | 'interrupted' | 'child'
  awaitedOn?: string
  error?: string
  /** Unix milliseconds; of a run that only changes were heard of, when the first of them was. */
  startedAt: number
  /** The chunk of a document that it works on. */
  card?: { documentId: string; chunkId: string }
}

export interface LiveRunsState {
  runs: ReadonlyMap<string, LiveRun>
  /** The latest run of each session that no agent has started. */
  bySession: ReadonlyMap<string, LiveRun>
  /** Sessions of runs that agents have started: parts of other conversations. */
  subSessions: ReadonlySet<string>
}

export type RunChange = { before: LiveRun | undefined; after: LiveRun }

export interface LiveRunsEnvironment {
  client: Pick<LoomcycleClient, 'listUserAgents' | 'streamUserRunStates'>
  userId(): Promise<string>
  after(ms: number, run: () => void): () => void
  noteError(error: unknown): void
  /** What has changed since the last call; never what was only learned at the start. */
  onChange(changes: readonly RunChange[]): void
}

const flushAfter = 60
const retryAfter = [1_000, 2_000, 5_000, 10_000]
const pollEvery = 15_000
/** A stream that died unnoticed, and a state that was dropped, are found out by looking. */
const lookEvery = 45_000
const kept = 600

/** This person's runs: by a stream while somebody looks at the page, by asking now and then while nobody does. */
export class LiveRuns {
  readonly state: Store<LiveRunsState> = createStore<LiveRunsState>({
    runs: new Map(),
    bySession: new Map(),
    subSessions: new Set(),
  })
  private readonly env: LiveRunsEnvironment
  private mode: 'off' | 'stream' | 'poll' = 'off'
  private stream: AbortController | undefined
  private cancelTimer: (() => void) | undefined
  private cancelFlush: (() => void) | undefined
  private queue: RunStateEvent[] = []
  private listed = false
  private failures = 0
  /** Runs that were heard of while a list was on its way: what was heard is newer. */
  private heard = new Set<string>()

  constructor(env: LiveRunsEnvironment) {
    this.env = env
  }

  /** The browser has few connections: a tab that nobody looks at gives its own back. */
  follow(mode: 'off' | 'stream' | 'poll'): void {
    if (mode === this.mode) return
    this.mode = mode
    this.restart()
  }

  /** Signed in, or back after an outage. */
  restart(): void {
    this.stream?.abort()
    this.stream = undefined
    this.cancelTimer?.()
    this.failures = 0
    if (this.mode === 'stream') void this.run()
    if (this.mode === 'poll') void this.poll()
  }

  private async run(): Promise<void> {
    const abort = new AbortController()
    this.stream = abort
    try {
      const userId = await this.env.userId()
      for await (const item of this.env.client.streamUserRunStates(userId, { phases: true, signal: abort.signal })) {
        if (abort.signal.aborted) return
        if (item.kind === 'open') void this.list(userId, abort.signal).catch(() => {})
        else if (item.kind === 'event') this.take(item.payload)
      }
    } catch (error) {
      if (abort.signal.aborted) return
      this.env.noteError(error)
    }
    if (this.stream !== abort) return
    this.cancelTimer?.()
    const wait = retryAfter[Math.min(this.failures++, retryAfter.length - 1)]!
    this.cancelTimer = this.env.after(wait, () => void this.run())
  }

  private async poll(): Promise<void> {
    try {
      await this.list(await this.env.userId())
    } catch (error) {
      this.env.noteError(error)
    }
    if (this.mode !== 'poll') return
    this.cancelTimer = this.env.after(pollEvery, () => void this.poll())
  }

  private async list(userId: string, signal?: AbortSignal): Promise<void> {
    this.heard = new Set()
    const { client } = this.env
    const [running, newest] = await Promise.all([
      client.listUserAgents(userId, { status: 'running', signal }),
      // A filter of the wire, though no state of a run. It also says which sessions belong to sub-agents.
      client.listUserAgents(userId, { status: 'all' as AgentStatus, signal }),
    ])
    if (signal?.aborted) return
    this.failures = 0
    const listed = new Map([...newest, ...running].map((agent) => [agent.run_id, agent]))
    const told = [...listed.values()].filter(({ run_id }) => !this.heard.has(run_id)).map(toLiveRun)
    told.sort((a, b) => a.startedAt - b.startedAt)
    // The list has an end; a run that is not on a full one may still be running.
    const gone = [...this.state.get().runs.values()].filter(
      ({ runId, status }) => status === 'running' && !listed.has(runId) && !this.heard.has(runId),
    )
    const ended = running.length < 100 ? gone.map((run): LiveRun => ({ ...run, status: 'completed' })) : []
    this.apply([...told, ...ended], this.listed)
    this.listed = true
    if (this.mode !== 'stream') return
    this.cancelTimer?.()
    this.cancelTimer = this.env.after(lookEvery, () => void this.list(userId, signal).catch(this.env.noteError))
  }

  private take(event: RunStateEvent): void {
    this.heard.add(event.run_id)
    this.queue.push(event)
    this.cancelFlush ??= this.env.after(flushAfter, () => {
      this.cancelFlush = undefined
      const batch = this.queue
      this.queue = []
      this.apply(batch.map(fromEvent), true)
    })
  }

  private apply(told: readonly LiveRun[], isNews: boolean): void {
    const known = this.state.get()
    const runs = new Map(known.runs)
    const bySession = new Map(known.bySession)
    const subSessions = new Set(known.subSessions)
    const changes: RunChange[] = []
    for (const one of told) {
      const before = runs.get(one.runId)
      const after = before ? { ...one, startedAt: Math.min(before.startedAt, one.startedAt) } : one
      if (before && isSame(before, after)) continue
      runs.set(after.runId, after)
      const latest = bySession.get(after.sessionId)
      if (after.parentAgentId) subSessions.add(after.sessionId)
      else if (!before || !latest || latest.runId === after.runId) bySession.set(after.sessionId, after)
      changes.push({ before, after })
    }
    if (changes.length === 0) return
    for (const [id, run] of runs) {
      if (runs.size <= kept) break
      if (run.status === 'running') continue
      runs.delete(id)
      if (bySession.get(run.sessionId)?.runId === id) bySession.delete(run.sessionId)
    }
    const isSameSet = subSessions.size === known.subSessions.size
    this.state.set({ runs, bySession, subSessions: isSameSet ? known.subSessions : subSessions })
    if (isNews) this.env.onChange(changes)
  }
}

function isSame(a: LiveRun, b: LiveRun): boolean {
  return a.status === b.status && a.phase === b.phase && a.awaited === b.awaited && a.awaitedOn === b.awaitedOn
}

/** A run as it was listed. */
export function toLiveRun(agent: Omit<Agent, 'parent_context'> & AboutCard): LiveRun {
  return {
    runId: agent.run_id,
    agentId: agent.agent_id,
    sessionId: agent.session_id,
    agent: agent.agent,
    parentAgentId: agent.parent_agent_id ?? undefined,
    status: agent.status,
    phase: agent.phase,
    awaited: agent.awaited_state,
    awaitedOn: agent.awaited_on,
    error: agent.error ?? undefined,
    startedAt: Date.parse(agent.started_at),
    ...cardOf(agent),
  }
}

function fromEvent(event: RunStateEvent): LiveRun {
  return {
    runId: event.run_id,
    agentId: event.agent_id,
    sessionId: event.session_id,
    agent: event.agent,
    parentAgentId: event.parent_agent_id,
    status: event.status,
    phase: event.phase,
    awaited: event.awaited_state,
    awaitedOn: event.awaited_on,
    error: event.error,
    startedAt: Date.parse(event.ts),
    ...cardOf(event),
  }
}

interface AboutCard {
  parent_context?: ParentContext | null
}

function cardOf({ parent_context }: AboutCard): Pick<LiveRun, 'card'> {
  const { board_document_id: documentId, board_chunk_id: chunkId } = parent_context ?? {}
  return documentId && chunkId ? { card: { documentId, chunkId } } : {}
}
