import type { ModelChoice } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { RunAgentsTable } from '../../ground/db/schema/derived-agents.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { parseJson } from '../../ground/json.ts'
import type { RunRoute } from '../../models/routing/run-route.ts'
import type { RunRecord } from './run-record.ts'

/** The definition and the model of a run. */
export interface RunAgent {
  defId: string | null
  began: ModelChoice | null
  route: RunRoute | null
}

/** What a run is to go on with from its next turn on. */
export function putRunAgent(runId: string, next: RunAgent, before: RunAgent): Statement {
  return {
    sql: `insert into run_agents (run_id, def_id, provider, model, route, began_def_id, began_provider, began_model, began_route)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (run_id) do update set def_id = excluded.def_id, provider = excluded.provider, model = excluded.model,
        route = excluded.route`,
    parameters: [runId, ...columnsOf(next), routeColumn(next), ...columnsOf(before), routeColumn(before)],
  }
}

function columnsOf({ defId, began }: Omit<RunAgent, 'route'>) {
  return [defId, began?.provider ?? null, began?.model ?? null]
}

function routeColumn({ route }: RunAgent): string | null {
  return route && JSON.stringify(route)
}

/** What it had before it was given anything else. */
export async function findFirstAgent(db: Database, record: RunRecord): Promise<RunAgent> {
  const row = await db.read.selectFrom('run_agents').selectAll().where('run_id', '=', record.id).executeTakeFirst()
  return row ? firstOf(row) : { defId: record.agentDefId, began: record.began, route: record.route }
}

function firstOf({ began_def_id, began_provider, began_model, began_route }: RunAgentsTable): RunAgent {
  const isKnown = began_provider !== null && began_model !== null
  return {
    defId: began_def_id,
    began: isKnown ? { provider: began_provider, model: began_model } : null,
    route: began_route === null ? null : (parseJson(began_route) as RunRoute),
  }
}

/** Whether its next turn is another agent's than this one. */
export async function isToChange(
  db: Database,
  { id, agentDefId, began }: Pick<RunRecord, 'id' | 'agentDefId' | 'began'>,
): Promise<boolean> {
  const sql = `select 1 from run_agents where run_id = ? and (def_id is distinct from ?
    or provider is distinct from ? or model is distinct from ?)`
  return (await db.all(sql, [id, ...columnsOf({ defId: agentDefId, began })])).length > 0
}

/** Where a run goes on as it is, so does what it is given at its next turn: it has failed there, too. */
export function putRoutes(record: Pick<RunRecord, 'id' | 'agentDefId' | 'began'>, route: RunRoute): Statement[] {
  const { id, agentDefId: defId, began } = record
  const json = JSON.stringify(route)
  return [
    { sql: `update runs set route = ? where id = ? and status = 'running'`, parameters: [json, id], mustChange: true },
    {
      sql: `update run_agents set route = ? where run_id = ? and def_id is not distinct from ? and provider is not distinct from ?
        and model is not distinct from ?`,
      parameters: [json, id, ...columnsOf({ defId, began })],
    },
  ]
}
