import { isDeepStrictEqual } from 'node:util'
import { type MessageBody, type PromptSegment, type RunBody, RuntimeError, type SaidSegment } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { NothingChangedError, UniqueError } from '../../ground/db/errors.ts'
import { type KeyedRequest, keyedRequest, rememberResult } from '../../ground/idempotency/idempotency.ts'
import { type Principal, userOf } from '../../ground/identity/principal.ts'
import { inSlices, nextSlice } from '../../ground/in-slices.ts'
import { jsonInPieces } from '../../ground/json-pieces.ts'
import type { Caller } from '../../tools/caller.ts'
import { toSegments } from '../log/log-event.ts'
import { normalized } from '../loop/segments.ts'
import { isLive, isParked, type RunOptions, type RunRecord } from '../rows/run-record.ts'
import { findLatestRun, findRunByAgentId, type RunEnd } from '../rows/runs.ts'
import type { SessionRow } from '../rows/sessions.ts'
import { type ChosenAgent, chooseAgent } from './choose-agent.ts'
import { findVisibleSession } from './find-session.ts'
import { type NewRun, planRun, type RunPlan } from './plan-run.ts'
import { findReached, type Reached, takeIn } from './take-in.ts'

export interface StartOptions {
  /** Waits for a slot as long as it takes, instead of being refused. */
  patient?: boolean
  /** Which run of a batch it is, where a key stands for all of them. */
  ofBatch?: number
}

/**
 * Starts a run in a session of its own, or, with `session_id`, in that one but without its history. A run of that session
 * which waits for its operator hears what was said, or has the new run in its place, which then knows what it knew.
 */
export async function startRun(
  ctx: AppContext,
  caller: Caller,
  body: RunBody,
  options: StartOptions = {},
): Promise<Reached> {
  if (!body.agent) throw new RuntimeError('invalid_request', 'agent is required')
  const segments = body.segments?.length ? body.segments : body.prompt ? toSegments(body.prompt) : []
  if (segments.length === 0) throw new RuntimeError('invalid_request', 'segments or prompt is required')
  const { principal } = caller
  const session = body.session_id ? await findVisibleSession(ctx.db, caller, body.session_id) : undefined
  const launched = {
    ...body,
    segments,
    agent: body.agent,
    session,
    replaysHistory: false,
    tenantId: session?.tenant_id ?? tenantOf(principal, body.tenant_id),
    userId: session?.user_id ?? userOf(principal, body.user_id),
  }
  return launch(ctx, caller, launched, options)
}

/** Goes on with a session: its run that waits for its operator hears it, or a new one, whose history is all of the conversation. */
export async function continueSession(
  ctx: AppContext,
  caller: Caller,
  sessionId: string,
  body: MessageBody,
): Promise<Reached> {
  const session = await findVisibleSession(ctx.db, caller, sessionId)
  const last = await findLatestRun(ctx.db, session.id)
  return launch(ctx, caller, {
    ...body,
    segments: body.segments ?? [],
    agent: last?.agent ?? session.agent,
    session,
    replaysHistory: true,
    tenantId: session.tenant_id,
    userId: session.user_id,
  })
}

type Launch = MessageBody & {
  segments: SaidSegment[]
  agent: string
  /** A version of it. */
  def_id?: string | undefined
  session: SessionRow | undefined
  replaysHistory: boolean
  tenantId: string
  userId: string
}

/** What is longer is put into words in slices. */
const longLength = 256 * 1024

async function launch(
  ctx: AppContext,
  caller: Caller,
  request: Launch,
  { patient = false, ofBatch }: StartOptions = {},
): Promise<Reached> {
  const { db, engine, slots, clock } = ctx
  refuseWhileClosed(ctx)
  const { session, tenantId, userId } = request
  const whole = await keyedRequest(caller, tenantId, 'run', hashed(request))
  const keyed = whole && ofBatch !== undefined ? keyInBatch(whole, ofBatch) : whole
  const earlier = keyed && (await findReached(db, keyed))
  if (earlier) return earlier

  const { version, bind } = await chooseAgent(ctx, caller, request)
  const segments = request.segments.map(normalized)
  const options = optionsOf(request, segments)
  const parked = session && (await findParkedRun(ctx, session.id))
  if (parked && !bind && isFor(parked, { ...request, agent: version.agent.name }, options))
    return takeIn(ctx, caller, parked, segments, keyed)
  if (request.agent_id && request.agent_id !== parked?.agentId) {
    await refuseUsedAgentId(ctx, tenantId, request.agent_id)
  }
  const model = await ctx.resolveModel(version.agent, options.userTier)
  const limits = await ctx.tokenLimits.admit({ tenantId, userId }, model.provider.id)
  const length = lengthOf(segments)
  const isLong = length > longLength

  await ctx.sessionQuotas.take({ tenantId, userId }, { sessions: session ? 0 : 1, bytes: length })
  const said = segments.filter((segment) => segment.role === 'user')
  const segmentsJson = isLong ? await inSlices(jsonInPieces(said)) : undefined
  const slot = await (patient ? slots.waitFor(userId, caller.signal) : slots.admit(userId, caller.signal))
  const replaysHistory = request.replaysHistory || parked !== undefined
  let stored: NewRun
  try {
    if (parked && !(await engine.endParked(parked.id, handedOver))) throw sessionBusy(parked.sessionId, parked.id)
    stored = await storeRun(
      ctx,
      {
        tenantId,
        userId,
        version,
        model,
        session,
        now: clock.now(),
        agentId: request.agent_id,
        traceId: caller.traceId,
        segments: said,
        segmentsJson,
        options,
        interactive: request.interactive ?? false,
        source: caller.door === 'webui' ? 'webui' : 'api',
        replaysHistory,
        declaredVolumes: ctx.config.volumes,
        limits,
      },
      { keyed, bind },
    )
  } catch (error) {
    slot.release()
    const twin = keyed && (await findReached(db, keyed))
    if (twin) return twin
    throw error
  }
  // Storing it took long, and so does reading it.
  if (isLong) await nextSlice()
  const { record, events } = stored
  const history = replaysHistory ? undefined : events
  engine.wake(record.id, { claimed: { record, slot, history } })
  return { run: record, afterSeq: record.firstSeq - 1 }
}

async function storeRun(
  { db, owner, skills }: AppContext,
  plan: RunPlan,
  { keyed, bind }: { keyed: KeyedRequest | undefined } & Pick<ChosenAgent, 'bind'>,
): Promise<NewRun> {
  const planned = await planRun({ db, skills }, plan, owner())
  const { record, statements } = planned
  if (bind) statements.push(...bind(record.sessionId))
  if (keyed) statements.push(rememberResult(keyed, record.id, plan.now))
  try {
    await db.write(statements, undefined, { patient: plan.segmentsJson !== undefined })
    return planned
  } catch (error) {
    throw conflictOf(error, record)
  }
}

const handedOver: RunEnd = { status: 'completed', stopReason: 'continued' }

/** Undefined where the session's last run has ended. Throws `session_busy` in the middle of a turn. */
async function findParkedRun(ctx: AppContext, sessionId: string): Promise<RunRecord | undefined> {
  const last = await findLatestRun(ctx.db, sessionId)
  if (!last || !isLive(last)) return undefined
  if (!isParked(last)) throw sessionBusy(sessionId, last.id)
  return last
}

/** Said by somebody who stays to talk, to the agent that waits, and nothing is asked for that its run was not started with. */
function isFor(parked: RunRecord, request: Launch, options: RunOptions): boolean {
  const isIt = request.agent === parked.agent && (request.def_id ?? parked.agentDefId) === parked.agentDefId
  const isToIt = isIt && (request.agent_id ?? parked.agentId) === parked.agentId
  if (!request.interactive || !isToIt || request.segments.length === 0) return false
  return Object.entries(options).every(([name, value]) =>
    isDeepStrictEqual(value, parked.options[name as keyof RunOptions]),
  )
}

/** Nothing that a caller could send comes out like it. */
export function keyInBatch(request: KeyedRequest, index: number): KeyedRequest {
  return { ...request, key: `${request.key} ${index}` }
}

/** What was asked for; the rest of a session's row changes with what becomes of it. */
function hashed({ session, ...request }: Launch) {
  return { ...request, session: session?.id }
}

function lengthOf(segments: readonly PromptSegment[]): number {
  const blocks = segments.flatMap(({ content }) => content)
  return blocks.reduce((sum, block) => sum + (block.type === 'image' ? block.data : block.text).length, 0)
}

/** The runtime takes nothing new while it stops or is paused. */
export function refuseWhileClosed({
  engine,
}: {
  engine: Pick<AppContext['engine'], 'isStopping' | 'isPaused' | 'isAway'>
}) {
  if (engine.isAway) {
    throw new RuntimeError('store_unavailable', 'This replica cannot reach its store; try again in a moment.', {
      retry_after_s: 2,
    })
  }
  if (engine.isStopping) {
    throw new RuntimeError('shutting_down', 'The runtime is stopping; try again in a moment.', { retry_after_s: 2 })
  }
  if (engine.isPaused) {
    throw new RuntimeError('runtime_paused', 'The runtime is paused; resume it, or try again later.', {
      retry_after_s: 30,
    })
  }
}

async function refuseUsedAgentId(ctx: AppContext, tenantId: string, agentId: string) {
  const run = await findRunByAgentId(ctx.db, tenantId, agentId)
  if (run && isLive(run)) throw agentIdInUse(agentId)
}

function sessionBusy(sessionId: string, runId: string) {
  return new RuntimeError(
    'session_busy',
    `session ${sessionId} has a run in the middle of a turn; send it input, answer what it asks, or wait until it is done`,
    { run_id: runId },
  )
}

function agentIdInUse(agentId: string) {
  return new RuntimeError('agent_id_in_use', `agent_id ${agentId} belongs to a run that has not ended`, {
    agent_id: agentId,
  })
}

/** Two callers at the same instant: the database let one of them in. */
function conflictOf(error: unknown, record: RunRecord): unknown {
  const isBusy = error instanceof NothingChangedError
  if (!isBusy && !(error instanceof UniqueError)) return error
  if (!isBusy && error.columns.includes('agent_id')) return agentIdInUse(record.agentId)
  return isBusy || error.table === 'events' || error.columns.includes('session_id')
    ? sessionBusy(record.sessionId, record.id)
    : error
}

function optionsOf(request: MessageBody, segments: readonly PromptSegment[]): RunOptions {
  const system = segments.filter((segment) => segment.role === 'system')
  const tools = request.tools ?? request.allowed_tools
  return {
    ...(tools ? { tools } : {}),
    ...(system.length > 0 ? { system } : {}),
    ...(request.metadata ? { metadata: request.metadata } : {}),
    ...(request.sampling ? { sampling: request.sampling } : {}),
    ...(request.compaction ? { compaction: request.compaction } : {}),
    ...(request.user_tier ? { userTier: request.user_tier } : {}),
    ...(request.run_timeout_seconds ? { timeoutSeconds: request.run_timeout_seconds } : {}),
    ...(request.allowed_hosts ? { allowedHosts: request.allowed_hosts } : {}),
    ...(request.web_search_filter ? { webSearchFilter: request.web_search_filter } : {}),
    ...(hasMembers(request.parent_context) ? { parentContext: request.parent_context } : {}),
  }
}

function hasMembers(value: object | null | undefined): boolean {
  return value != null && Object.values(value).some((member) => member !== undefined && member !== '')
}

/** Only an open runtime may be told the tenant. */
function tenantOf(principal: Principal, asked: string | undefined): string {
  return principal.open ? asked || principal.tenantId : principal.tenantId
}
