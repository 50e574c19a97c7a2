import { type MessageBody, type PromptContent, type PromptSegment, type RunBody, RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../context.ts'
import type { Statement } from '../db/commit-writer.ts'
import type { Principal } from '../identity/principal.ts'
import { newAgentId, newRunId, newSessionId } from '../ids.ts'
import { type LogEvent, typedText } from '../log/log-event.ts'
import { findVisibleSession } from '../sessions/find-session.ts'
import { insertSession, type SessionRow, touchSession } from '../sessions/store.ts'
import { findAgent, systemBlocks } from './load-run.ts'
import { isLive, type RunOptions, type RunRecord } from './run-record.ts'
import { findLatestRun, findRunByAgentId, insertRun } from './store.ts'

/** Starts a run in a session of its own, or, with `session_id`, in that one but without its history. */
export async function startRun(ctx: AppContext, principal: Principal, body: RunBody): Promise<RunRecord> {
  if (!body.agent) throw new RuntimeError('invalid_request', 'agent is required')
  const segments = body.segments?.length ? body.segments : body.prompt ? [userText(body.prompt)] : []
  if (segments.length === 0) throw new RuntimeError('invalid_request', 'segments or prompt is required')
  const session = body.session_id ? await findVisibleSession(ctx.db, principal, body.session_id) : undefined
  return launch(ctx, principal, {
    ...body,
    segments,
    agent: body.agent,
    session,
    replaysHistory: false,
    tenantId: session?.tenant_id ?? tenantOf(principal, body.tenant_id),
    userId: session?.user_id ?? userOf(principal, body.user_id),
  })
}

/** Goes on with a session: all of its conversation is the new run's history. */
export async function continueSession(
  ctx: AppContext,
  principal: Principal,
  sessionId: string,
  body: MessageBody,
): Promise<RunRecord> {
  const session = await findVisibleSession(ctx.db, principal, sessionId)
  const last = await findLatestRun(ctx.db, session.id)
  return launch(ctx, principal, {
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
  segments: PromptSegment[]
  agent: string
  session: SessionRow | undefined
  replaysHistory: boolean
  tenantId: string
  userId: string
}

async function launch(ctx: AppContext, principal: Principal, request: Launch): Promise<RunRecord> {
  if (ctx.engine.isStopping)
    throw new RuntimeError('shutting_down', 'The runtime is stopping; try again in a moment.', { retry_after_s: 2 })
  const agent = findAgent(ctx.config, request.agent)
  const segments = request.segments.map(normalized)
  const { session } = request
  if (session) await refuseBusySession(ctx, session.id)
  if (request.agent_id) await refuseUsedAgentId(ctx, request.tenantId, request.agent_id)
  const { provider, model } = await ctx.resolveModel(agent)

  const now = ctx.clock.now()
  const id = newRunId()
  const sessionId = session?.id ?? newSessionId()
  const log = ctx.openLog({ tenantId: request.tenantId, sessionId })
  const options = optionsOf(request, segments)
  const record: RunRecord = {
    id,
    sessionId,
    tenantId: request.tenantId,
    userId: request.userId,
    agent: agent.name,
    agentId: request.agent_id ?? newAgentId(),
    parentRunId: null,
    parentAgentId: null,
    rootRunId: id,
    interactive: request.interactive ?? false,
    options,
    historyAfter: request.replaysHistory ? 0 : log.head,
    firstSeq: log.head + 1,
    turns: 0,
    provider: provider.id,
    model,
    totals: { input: 0, output: 0, cacheCreation: 0, cacheRead: 0 },
    startedAt: now,
    heartbeatAt: now,
    state: { status: 'running', phase: 'queued' },
  }
  const user = segments.filter((segment) => segment.role === 'user')
  const system_prompt = systemBlocks(agent, options)
    .map((block) => block.text)
    .join('\n\n')
  const events: LogEvent[] = [
    ...(user.length > 0 ? [opening(user, principal, now)] : []),
    { type: 'system_prompt', system_prompt },
    { type: 'started' },
  ]
  const rows: Statement[] = [
    session
      ? touchSession(session.id, now)
      : insertSession(ctx.db, {
          id: sessionId,
          tenant_id: request.tenantId,
          user_id: request.userId,
          agent: agent.name,
          created_at: now,
          last_activity: now,
          opening: openingWords(user),
        }),
    insertRun(ctx.db, record),
  ]
  try {
    await log.append(id, events, rows)
  } catch (error) {
    throw conflictOf(error, record)
  }
  ctx.engine.wake(id)
  return record
}

function opening(segments: PromptSegment[], principal: Principal, now: number): LogEvent {
  return {
    type: 'user_input',
    segments,
    source: principal.viaCookie ? 'webui' : 'api',
    seen_at: new Date(now).toISOString(),
    opening: true,
  }
}

async function refuseBusySession(ctx: AppContext, sessionId: string) {
  const last = await findLatestRun(ctx.db, sessionId)
  if (last && isLive(last)) throw sessionBusy(sessionId, last.id)
}

async function refuseUsedAgentId(ctx: AppContext, tenantId: string, agentId: string) {
  const run = await findRunByAgentId(ctx.db, tenantId, agentId)
  if (run && isLive(run)) throw agentIdInUse(agentId)
}

function sessionBusy(sessionId: string, runId: string) {
  return new RuntimeError(
    'session_busy',
    `session ${sessionId} has a run that has not ended; send it input, or end it first`,
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
  const message = error instanceof Error ? error.message : ''
  if (/UNIQUE constraint failed: runs\.tenant_id, runs\.agent_id/.test(message)) return agentIdInUse(record.agentId)
  if (/UNIQUE constraint failed: (runs\.session_id|events\.)|no row changed/.test(message))
    return sessionBusy(record.sessionId, record.id)
  return error
}

function optionsOf(request: Launch, segments: PromptSegment[]): RunOptions {
  const system = segments.filter((segment) => segment.role === 'system')
  const tools = request.tools ?? request.allowed_tools
  return {
    ...(tools ? { tools } : {}),
    ...(system.length > 0 ? { system } : {}),
    ...(request.metadata ? { metadata: request.metadata } : {}),
    ...(request.sampling ? { sampling: request.sampling } : {}),
    ...(hasMembers(request.parent_context) ? { parentContext: request.parent_context } : {}),
  }
}

function hasMembers(value: object | null | undefined): boolean {
  return value != null && Object.values(value).some((member) => member !== undefined && member !== '')
}

/** A real principal acts in its own name; the shared secret may name the user, and an open runtime the tenant too. */
function tenantOf(principal: Principal, asked: string | undefined): string {
  return principal.open ? asked || principal.tenantId : principal.tenantId
}

function userOf(principal: Principal, asked: string | undefined): string {
  return principal.open || principal.legacy ? asked || principal.subject : principal.subject
}

function userText(text: string): PromptSegment {
  return { role: 'user', content: [{ type: 'trusted-text', text }] }
}

/** Blocks of a type nobody knows are trusted text, as they always were on this wire. */
function normalized(segment: PromptSegment): PromptSegment {
  const content = segment.content.map((block): PromptContent => {
    if (block.type === 'untrusted-block' || block.type === 'image' || block.type === 'trusted-text') return block
    return { type: 'trusted-text', text: String((block as { text?: unknown }).text ?? '') }
  })
  return { ...segment, content }
}

/** What the conversation is called until somebody names it. */
function openingWords(segments: readonly PromptSegment[]): string {
  const words = typedText(segments)
    .replace(/\p{Cc}+|\s+/gu, ' ')
    .trim()
  return words.length > 120 ? `${words.slice(0, 119).trimEnd().toWellFormed()}…` : words
}
