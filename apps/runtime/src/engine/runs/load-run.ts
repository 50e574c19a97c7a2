import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import type { SystemBlock } from '../../models/providers/provider.ts'
import type { Tool } from '../../tools/tool.ts'
import type { Definitions } from '../agents/definitions.ts'
import { type LogEvent, parseLogEvent } from '../log/log-event.ts'
import { firstPageRows, rowsLike } from '../log/page-rows.ts'
import type { SessionLog } from '../log/session-log.ts'
import { listSessionEvents } from '../log/store.ts'
import { History } from '../loop/history.ts'
import { toSystemBlocks } from '../loop/segments.ts'
import { type LoopDependencies, WorkingRun } from '../loop/working-run.ts'
import type { RunOptions, RunRecord } from '../rows/run-record.ts'
import { aboutSkills } from '../skills/bind-skills.ts'
import type { Skills } from '../skills/skills.ts'

export interface LoadRunOptions {
  loop: LoopDependencies
  openLog(record: RunRecord): Promise<SessionLog>
  definitions: Definitions
  skills: Skills
  toolsFor(agent: AgentDefinition, narrowing: readonly string[] | undefined): ReadonlyMap<string, Tool>
}

/** The part of a session's log that a run knows. */
export interface HistoryRange {
  sessionId: string
  /** Exclusive. */
  after: number
  /** Inclusive. */
  upTo?: number
}

/**
 * Makes a run out of its rows, as if it had been in memory all along. `from`: another part of a log in place of the run's
 * own history, or that history, where whoever has just stored it need not read it.
 */
export async function loadRun(
  record: RunRecord,
  options: LoadRunOptions,
  from: HistoryRange | readonly LogEvent[] = { sessionId: record.sessionId, after: record.historyAfter },
): Promise<WorkingRun> {
  const { loop, openLog, definitions, skills, toolsFor } = options
  const { agent } = await definitions.get(record.tenantId, record.agent, record.agentDefId)
  return new WorkingRun({
    deps: loop,
    record,
    agent,
    tools: toolsFor(agent, record.options.tools),
    system: systemBlocks(agent, record.options, await aboutSkills(skills, record.tenantId, record.options.skills)),
    history: Array.isArray(from) ? historyOf(from) : await readHistory(loop.db, from as HistoryRange),
    log: await openLog(record),
  })
}

/** The agent's own instructions first, and what its skills are, then the caller's, then facts about the run. */
export function systemBlocks(agent: AgentDefinition, options: RunOptions, skills: string): SystemBlock[] {
  const { system = [], metadata } = options
  const own = [agent.systemPrompt, skills].filter((text) => text !== '').join('\n\n')
  const facts = metadata && `Run metadata (operator-authored, trusted):\n${JSON.stringify(metadata, null, 2)}`
  return [
    ...(own ? [{ text: own, cacheable: true }] : []),
    ...toSystemBlocks(system),
    ...(facts ? [{ text: facts }] : []),
  ]
}

function historyOf(events: readonly LogEvent[]): History {
  const history = new History()
  for (const event of events) history.apply(event)
  return history
}

/** A long conversation is read in steps, with everybody else in between. */
async function readHistory(
  db: Database,
  { sessionId, after, upTo = Number.MAX_SAFE_INTEGER }: HistoryRange,
): Promise<History> {
  const history = new History()
  let rows = firstPageRows
  for (let seq = after; ; ) {
    const page = await listSessionEvents(db, sessionId, seq, rows)
    for (const row of page) if (row.seq <= upTo) history.apply(parseLogEvent(row))
    seq = page.at(-1)?.seq ?? seq
    if (page.length < rows || seq >= upTo) return history
    rows = rowsLike(page)
    await ourTurn()
  }
}
