import type { AgentRow, Compaction, ParentContext, PromptSegment, RunPhase, Sampling, Usage } from '@loomcycle/proto'
import type { Selectable } from 'kysely'
import type { ModelChoice } from '../../ground/config/config.ts'
import type { RunsTable } from '../../ground/db/schema/runs.ts'
import { parseJson } from '../../ground/json.ts'
import type { RunRoute } from '../../models/routing/run-route.ts'
import type { RunVolumes } from '../runs/bind-volumes.ts'
import type { RunSkills } from '../skills/bind-skills.ts'

/** What a run was started with; remembered so that it can go on after a restart. */
export interface RunOptions {
  /** Narrows the agent's tools. */
  tools?: string[]
  /** Over the agent's own, per field; what a parent had comes with it. */
  compaction?: Compaction
  userTier?: string
  /** System segments of the request; they follow the agent's own prompt. */
  system?: PromptSegment[]
  metadata?: Record<string, unknown>
  sampling?: Sampling
  parentContext?: ParentContext | null
  /** How long it, or each turn of it where somebody talks to it, may take. */
  timeoutSeconds?: number
  /** What a caller narrows its network tools to; an empty list is none. */
  allowedHosts?: string[]
  webSearchFilter?: 'drop' | 'keep'
  /** Nobody listens to it, and nobody has to: what it says is waited for elsewhere. */
  unattended?: boolean
  /** Where it may reach files, as that was when it was planned. */
  volumes?: RunVolumes
  /** Which it may read, as they were when it was planned. */
  skills?: RunSkills
}

export interface RunRecord {
  id: string
  sessionId: string
  tenantId: string
  userId: string
  agent: string
  /** The definition and the model it began with; null for a run of before they were kept. */
  agentDefId: string | null
  began: ModelChoice | null
  /** What it may run on, and what it runs on since that failed; null for a run of before that was kept. */
  route: RunRoute | null
  /** Of the request it came from; the runs that it starts have the same. */
  traceId: string | null
  agentId: string
  parentRunId: string | null
  parentAgentId: string | null
  parentToolUseId: string | null
  spawnIndex: number
  rootRunId: string
  depth: number
  awaited: Awaited | null
  /** The process that works on it. */
  leaseOwner: string | null
  leaseEpoch: number
  tries: number
  deadline: number | null
  interactive: boolean
  options: RunOptions
  historyAfter: number
  firstSeq: number
  turns: number
  provider: string | null
  model: string | null
  totals: Totals
  startedAt: number
  heartbeatAt: number | null
  state: RunState
}

/** For a run, or a turn, that begins now. */
export function deadlineOf({ timeoutSeconds }: RunOptions, now: number): number | null {
  return timeoutSeconds === undefined ? null : Math.min(now + timeoutSeconds * 1000, Number.MAX_SAFE_INTEGER)
}

/** What a waiting run waits for. */
export interface Awaited {
  state: 'channel' | 'interrupted' | 'child'
  on: string
  /** Op of the tool that waits. */
  op?: string
  /** Tasks of a spawning call that no run could be made for. */
  refused?: readonly { index: number; agent: string; error: string }[]
}

export type RunState =
  | { status: 'running'; phase: RunPhase }
  | { status: 'completed' | 'cancelled'; endedAt: number; stopReason: string }
  | { status: 'failed'; endedAt: number; stopReason: string | null; error: string }

/** Tokens of a whole run. */
export interface Totals {
  input: number
  output: number
  cacheCreation: number
  cacheRead: number
}

export function fromRow(row: Selectable<RunsTable>): RunRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    tenantId: row.tenant_id,
    userId: row.user_id,
    agent: row.agent,
    agentDefId: row.agent_def_id,
    began:
      row.began_provider === null || row.began_model === null
        ? null
        : { provider: row.began_provider, model: row.began_model },
    route: row.route === null ? null : (parseJson(row.route) as RunRoute),
    traceId: row.trace_id,
    agentId: row.agent_id,
    parentRunId: row.parent_run_id,
    parentAgentId: row.parent_agent_id,
    parentToolUseId: row.parent_tool_use_id,
    spawnIndex: row.spawn_index,
    rootRunId: row.root_run_id,
    depth: row.depth,
    awaited: row.awaited_state === null ? null : { state: row.awaited_state, on: row.awaited_on ?? '' },
    leaseOwner: row.lease_owner,
    leaseEpoch: row.lease_epoch,
    tries: row.tries,
    deadline: row.deadline,
    interactive: row.interactive === 1,
    options: parseJson(row.options) as RunOptions,
    historyAfter: row.history_after,
    firstSeq: row.first_seq,
    turns: row.turns,
    provider: row.provider,
    model: row.model,
    totals: {
      input: row.input_tokens,
      output: row.output_tokens,
      cacheCreation: row.cache_creation_tokens,
      cacheRead: row.cache_read_tokens,
    },
    startedAt: row.started_at,
    heartbeatAt: row.heartbeat_at,
    state: stateOf(row),
  }
}

function stateOf(row: Selectable<RunsTable>): RunState {
  if (row.status === 'running') return { status: 'running', phase: row.phase ?? 'queued' }
  const endedAt = row.completed_at ?? row.started_at
  if (row.status === 'failed') return { status: 'failed', endedAt, stopReason: row.stop_reason, error: row.error ?? '' }
  return { status: row.status, endedAt, stopReason: row.stop_reason ?? '' }
}

/** How many turns the model had had when the one began that is over now. */
export function turnsBefore({ turns }: Pick<RunRecord, 'turns'>): number {
  return Math.max(turns - 1, 0)
}

export function isLive(run: RunRecord): boolean {
  return run.state.status === 'running'
}

/** It waits for somebody to say something. */
export function isParked({ state }: RunRecord): boolean {
  return state.status === 'running' && state.phase === 'parked'
}

/** It has ended, or waits for somebody to say something. */
export function isAtRest(run: RunRecord): boolean {
  return !isLive(run) || isParked(run)
}

export function toAgentRow(run: RunRecord): AgentRow {
  const ended = run.state.status === 'running' ? undefined : run.state
  const iso = (at: number) => new Date(at).toISOString()
  return {
    agent_id: run.agentId,
    run_id: run.id,
    session_id: run.sessionId,
    agent: run.agent,
    ...(run.agentDefId ? { agent_def_id: run.agentDefId } : {}),
    ...(run.traceId ? { trace_id: run.traceId } : {}),
    parent_agent_id: run.parentAgentId,
    user_id: run.userId,
    status: run.state.status,
    ...(run.state.status === 'running' ? { phase: run.state.phase } : {}),
    started_at: iso(run.startedAt),
    completed_at: ended ? iso(ended.endedAt) : null,
    stop_reason: ended?.stopReason ?? null,
    error: run.state.status === 'failed' ? run.state.error : null,
    usage: {
      input_tokens: run.totals.input,
      output_tokens: run.totals.output,
      ...(run.totals.cacheCreation ? { cache_creation_tokens: run.totals.cacheCreation } : {}),
      ...(run.totals.cacheRead ? { cache_read_tokens: run.totals.cacheRead } : {}),
      ...(run.model ? { model: run.model } : {}),
      ...(run.provider ? { provider: run.provider } : {}),
    },
    last_heartbeat_at: run.heartbeatAt === null ? null : iso(run.heartbeatAt),
    live: run.state.status === 'running',
    interactive: run.interactive,
    ...(run.awaited ? { awaited_state: run.awaited.state, awaited_on: run.awaited.on } : {}),
    ...(run.options.parentContext ? { parent_context: run.options.parentContext } : {}),
  }
}

export function addUsage(totals: Totals, usage: Usage): Totals {
  return {
    input: totals.input + usage.input_tokens,
    output: totals.output + usage.output_tokens,
    cacheCreation: totals.cacheCreation + (usage.cache_creation_input_tokens ?? 0),
    cacheRead: totals.cacheRead + (usage.cache_read_input_tokens ?? 0),
  }
}

/** Tokens that count where they are limited: what was read from a cache was paid for when it was kept. */
export function newTokens({ input_tokens, output_tokens, cache_creation_input_tokens = 0 }: Usage): number {
  return input_tokens + output_tokens + cache_creation_input_tokens
}

export function totalUsage(run: { totals: Totals; model: string | null; provider: string | null }): Usage {
  return {
    input_tokens: run.totals.input,
    output_tokens: run.totals.output,
    ...(run.totals.cacheCreation ? { cache_creation_input_tokens: run.totals.cacheCreation } : {}),
    ...(run.totals.cacheRead ? { cache_read_input_tokens: run.totals.cacheRead } : {}),
    ...(run.model ? { model: run.model } : {}),
    ...(run.provider ? { provider: run.provider } : {}),
  }
}
