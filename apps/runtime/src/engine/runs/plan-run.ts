import type { LimitInfo, PromptSegment } from '@loomcycle/proto'
import { cutText } from '@loomcycle/proto/wire'
import { isCodeAgent } from '../../ground/config/code-agents.ts'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { newAgentId, newRunId, newSessionId, newTraceId } from '../../ground/ids.ts'
import type { ChosenModel } from '../../models/routing/resolve.ts'
import type { AgentVersion } from '../agents/definitions.ts'
import { keepDefinition } from '../agents/store.ts'
import { type LogEvent, typedText } from '../log/log-event.ts'
import { headSeq, insertEvent, insertNextEvent } from '../log/store.ts'
import { deadlineOf, type RunOptions, type RunRecord } from '../rows/run-record.ts'
import { insertRun } from '../rows/runs.ts'
import { addBytes, insertSession, type SessionRow, setOpening, touchSession } from '../rows/sessions.ts'
import { bindSkills } from '../skills/bind-skills.ts'
import type { Skills } from '../skills/skills.ts'
import { bindVolumes, type RunVolumes } from './bind-volumes.ts'
import { systemBlocks } from './load-run.ts'

export interface RunPlan {
  tenantId: string
  userId: string
  version: AgentVersion
  model: ChosenModel
  /** The handle its caller chose. */
  agentId?: string | undefined
  traceId?: string | undefined
  /** What the agent is told; of the user's segments. */
  segments: PromptSegment[]
  options: RunOptions
  interactive: boolean
  source: 'api' | 'webui'
  /** What the conversation is called at first; the first words of what is said unless given. */
  opening?: string | undefined
  /** JSON of the segments, where they are long and it was made in slices. */
  segmentsJson?: string | undefined
  /** Goes on in this session instead of one of its own. */
  session?: SessionRow | undefined
  /** Whether the session's conversation is the run's history. */
  replaysHistory?: boolean
  /** A run of this tree set it off and does not wait for it: they share a budget. */
  tree?: Tree | undefined
  parent?: { record: ParentRun; volumes: RunVolumes | undefined; toolUseId: string; index: number } | undefined
  /** Of the configuration. */
  declaredVolumes: readonly DeclaredVolume[]
  /** Of tokens, that are reached and only said. */
  limits?: readonly LimitInfo[] | undefined
  now: number
}

export interface Tree {
  rootRunId: string
  /** Of the run that set it off. */
  depth: number
}

export type ParentRun = Pick<RunRecord, 'id' | 'agentId' | 'rootRunId' | 'depth'>

/** A run with all the rows it consists of. */
export interface NewRun {
  record: RunRecord
  statements: Statement[]
  events: LogEvent[]
}

/** Code that waits for ever costs nothing and is noticed by nobody. */
function usualSeconds({ version: { agent }, model }: RunPlan): number | undefined {
  return isCodeAgent(agent) ? (agent.runTimeoutSeconds ?? model.provider.runSeconds) : undefined
}

/** A new run; nothing is stored yet. `owner` is the process that will work on it at once. */
export async function planRun(
  { db, skills }: { db: Database; skills: Skills },
  plan: RunPlan,
  owner: string | null,
): Promise<NewRun> {
  const { tenantId, userId, version, model, session, parent, now } = plan
  const above = parent?.record ?? plan.tree
  const { agent, defId } = version
  const volumes = bindVolumes(agent, plan.declaredVolumes, parent)
  const { skills: _, ...asked } = plan.options
  const timeoutSeconds = asked.timeoutSeconds ?? usualSeconds(plan)
  const { bound, about, statements } = await bindSkills(skills, { tenantId, agent, narrowedTo: asked.tools, now })
  const options = {
    ...asked,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(volumes ? { volumes } : {}),
    ...(bound ? { skills: bound } : {}),
  }
  const id = newRunId()
  const sessionId = session?.id ?? newSessionId()
  const head = session ? await headSeq(db, sessionId) : 0
  const record: RunRecord = {
    id,
    sessionId,
    tenantId,
    userId,
    agent: agent.name,
    agentDefId: defId,
    began: { provider: model.provider.id, model: model.model },
    route: model.route,
    traceId: plan.traceId ?? newTraceId(),
    agentId: plan.agentId ?? newAgentId(),
    parentRunId: parent?.record.id ?? null,
    parentAgentId: parent?.record.agentId ?? null,
    parentToolUseId: parent?.toolUseId ?? null,
    spawnIndex: parent?.index ?? 0,
    rootRunId: above?.rootRunId ?? id,
    depth: above ? above.depth + 1 : 0,
    awaited: null,
    leaseOwner: owner,
    leaseEpoch: owner === null ? 0 : 1,
    tries: owner === null ? 0 : 1,
    deadline: deadlineOf(options, now),
    interactive: plan.interactive,
    options,
    historyAfter: plan.replaysHistory ? 0 : head,
    firstSeq: head + 1,
    turns: 0,
    provider: model.provider.id,
    model: model.model,
    totals: { input: 0, output: 0, cacheCreation: 0, cacheRead: 0 },
    startedAt: now,
    heartbeatAt: now,
    state: { status: 'running', phase: owner === null ? 'queued' : 'working' },
  }
  const words = shortened(plan.opening ?? cutText(typedText(plan.segments).trimStart(), longestOpening))
  const opening = session
    ? [touchSession(session.id, now), ...(session.opening === '' ? [setOpening(session.id, words)] : [])]
    : [
        insertSession({
          id: sessionId,
          tenant_id: tenantId,
          user_id: userId,
          agent: agent.name,
          created_at: now,
          last_activity: now,
          opening: words,
        }),
      ]
  const events = openingEvents(plan, options, about)
  const inserts = events.map((event, i) => {
    const payload = toPayload(event, plan.segmentsJson)
    const row = { seq: head + 1 + i, run_id: id, at: now, type: event.type, payload }
    const insert =
      i === 0 ? insertNextEvent(tenantId, sessionId, row, undefined) : insertEvent(tenantId, sessionId, row)
    return { statement: insert, bytes: row.payload.length }
  })
  const bytes = inserts.reduce((sum, insert) => sum + insert.bytes, 0)
  return {
    record,
    statements: [
      ...opening,
      ...(version.isRow ? [] : [keepDefinition(tenantId, defId, agent, now)]),
      ...statements,
      insertRun(record),
      addBytes(sessionId, bytes),
      // The longest last: of a large one the log has a part by then, which is gone through again for any page of it that
      // changes after.
      ...inserts.toSorted((a, b) => a.bytes - b.bytes).map(({ statement }) => statement),
    ],
    events,
  }
}

function openingEvents(
  { segments, version, source, limits = [], now }: RunPlan,
  options: RunOptions,
  skills: string,
): LogEvent[] {
  const system_prompt = systemBlocks(version.agent, options, skills)
    .map((block) => block.text)
    .join('\n\n')
  const said: LogEvent = { type: 'user_input', segments, source, seen_at: new Date(now).toISOString(), opening: true }
  return [
    ...(segments.length > 0 ? [said] : []),
    { type: 'system_prompt', system_prompt },
    ...limits.map((limit) => ({ type: 'limit', limit }) as const),
    { type: 'started' },
  ]
}

function toPayload(event: LogEvent, segmentsJson: string | undefined): string {
  if (event.type !== 'user_input' || segmentsJson === undefined) return JSON.stringify(event)
  const { segments: _, ...rest } = event
  return `${JSON.stringify(rest).slice(0, -1)},"segments":${segmentsJson}}`
}

/** A sentence is looked for, however much was said. */
const longestOpening = 1000

/** What the conversation is called until somebody names it. */
function shortened(opening: string): string {
  const words = opening.replace(/\p{Cc}+|\s+/gu, ' ').trim()
  return words.length > 120 ? `${cutText(words, 119).trimEnd()}…` : words
}
