import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { SqlPart } from '../../ground/replicas/replica-time.ts'

/** Somebody listens to a run at this instance. */
export function noteCaller(runId: string, instance: string): Statement {
  return {
    sql: `insert into run_callers (run_id, instance) select id, ? from runs where id = ? and status = 'running'
      on conflict do nothing`,
    parameters: [instance, runId],
  }
}

export function forgetCaller(runId: string, instance: string): Statement {
  return { sql: 'delete from run_callers where run_id = ? and instance = ?', parameters: [runId, instance] }
}

/** Of those that are no more. */
export function forgetCallersElsewhere(alive: SqlPart): Statement {
  return { sql: `delete from run_callers where instance not in (${alive.sql})`, parameters: alive.parameters }
}

/** Whether somebody listens to the run at another instance, which is alive. */
export async function isHeardElsewhere(db: Database, runId: string, here: string, alive: SqlPart): Promise<boolean> {
  const sql = `select 1 from run_callers where run_id = ? and instance <> ? and instance in (${alive.sql})`
  return (await db.all(sql, [runId, here, ...alive.parameters])).length > 0
}
