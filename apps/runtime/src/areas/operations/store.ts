import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'

export type RuntimeState = 'running' | 'paused'

export async function readState(db: Database): Promise<RuntimeState> {
  return (
    (await db.all<{ state: RuntimeState }>('select state from runtime_state where id = 1', []))[0]?.state ?? 'running'
  )
}

export function writeState(state: RuntimeState, at: number): Statement {
  return {
    sql: `insert into runtime_state (id, state, changed_at) values (1, ?, ?)
      on conflict (id) do update set state = excluded.state, changed_at = excluded.changed_at`,
    parameters: [state, at],
  }
}

/** Runs that would be worked on if the runtime was not paused. */
export async function countHeldRuns(db: Database): Promise<number> {
  const [row] = await db.all<{ n: number }>(
    `select count(*) as n from runs where status = 'running' and phase in ('queued', 'working')`,
    [],
  )
  return row?.n ?? 0
}
