import type { Statement } from '../../ground/db/commit-writer.ts'
import type { Database } from '../../ground/db/database.ts'
import type { RunAgentsTable } from '../../ground/db/schema/derived-agents.ts'
import type { ModelChoice } from '../../models/routing/route.ts'
import type { RunRecord } from './run-record.ts'

/** The definition and the model of a run. */
export interface RunAgent {
  defId: string | null
  began: ModelChoice | null
}

/** What a run is to go on with from its next turn on. */
export function putRunAgent(runId: string, next: RunAgent, before: RunAgent): Statement {
  return {
    sql: `insert into run_agents (run_id, def_id, provider, model, began_def_id, began_provider, began_model)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (run_id) do update set def_id = excluded.def_id, provider = excluded.provider, model = excluded.model`,
    parameters: [runId, ...columnsOf(next), ...columnsOf(before)],
  }
}

function columnsOf({ defId, began }: RunAgent) {
  return [defId, began?.provider ?? null, began?.model ?? null]
}

/** What it had before it was given anything else. */
export async function findFirstAgent(db: Database, record: RunRecord): Promise<RunAgent> {
  const row = await db.read.selectFrom('run_agents').selectAll().where('run_id', '=', record.id).executeTakeFirst()
  return row ? firstOf(row) : { defId: record.agentDefId, began: record.began }
}

function firstOf({ began_def_id, began_provider, began_model }: RunAgentsTable): RunAgent {
  const isKnown = began_provider !== null && began_model !== null
  return { defId: began_def_id, began: isKnown ? { provider: began_provider, model: began_model } : null }
}

/** Whether its next turn is another agent's than this one. */
export async function isToChange(db: Database, { id, agentDefId, began }: RunRecord): Promise<boolean> {
  const sql = `select 1 from run_agents where run_id = ? and (def_id is not ? or provider is not ? or model is not ?)`
  return (await db.all(sql, [id, ...columnsOf({ defId: agentDefId, began })])).length > 0
}
