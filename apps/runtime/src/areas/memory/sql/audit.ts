import type { SqlScope } from '@loomcycle/proto'
import type { Clock } from '../../../ground/clock.ts'
import type { Database } from '../../../ground/db/database.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { SqlPlace } from '../access.ts'
import { insertAudit } from './audit-store.ts'

export interface AuditOptions {
  db: Pick<Database, 'sql' | 'write'>
  clock: Clock
  mode: 'full' | 'metadata'
  redact(text: string): string
}

export interface AuditedCall {
  caller: Caller
  place: SqlPlace & { scope: SqlScope }
  op: string
  statement?: string
  args?: readonly unknown[]
}

/** How much of a value is worth keeping. */
const MAX_CHARACTERS = 8192

/** Does the work and writes down that it was asked for, by whom, and what came of it. */
export async function audited<T>(
  { db, clock, mode, redact }: AuditOptions,
  { caller, place, op, statement, args }: AuditedCall,
  work: () => Promise<T>,
  rowsOf: (result: T) => number | null = () => null,
): Promise<T> {
  const at = clock.now()
  const shown = (text: string | undefined) =>
    mode === 'full' && text !== undefined ? redact(text).slice(0, MAX_CHARACTERS) : null
  const note = (rows: number | null, error: string | null) =>
    db.write([
      insertAudit(db, {
        at,
        tenant_id: place.tenantId,
        scope: place.scope,
        scope_id: place.scopeId,
        run_id: caller.run?.id ?? '',
        agent: caller.run?.agent.name ?? '',
        user_id: caller.userId,
        op,
        statement: shown(statement),
        args: shown(args && JSON.stringify(args)),
        rows,
        duration_ms: clock.now() - at,
        error: error && redact(error).slice(0, MAX_CHARACTERS),
      }),
    ])
  try {
    const result = await work()
    await note(rowsOf(result), null)
    return result
  } catch (error) {
    await note(null, mode === 'full' && error instanceof Error ? error.message : 'failed')
    throw error
  }
}
