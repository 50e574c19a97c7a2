import type { memoryOps, OpName, SqlScope } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { RunCaller } from '../../../tools/caller.ts'
import { sqlPlaceFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { type AuditOptions, audited } from '../sql/audit.ts'
import type { SqlMemory } from '../sql/sql-memory.ts'

type SqlOp = Extract<OpName<typeof memoryOps>, `sql_${string}`>

/** The five ops that speak SQL: each asks the databases, and leaves a row in the audit. */
export function sqlOps(deps: MemoryDeps): { [N in SqlOp]: MemoryOp<N> } {
  return {
    sql_query: async (caller, { scope, ...input }) => {
      const { memory, audit } = enabled(deps)
      const call = { caller, place: sqlPlaceFor(caller, scope), op: 'sql_query', ...input }
      return audited(
        audit,
        call,
        () => memory.query(caller, scope, input),
        ({ rows }) => rows.length,
      )
    },
    sql_exec: async (caller, { scope, ...input }) => {
      const { memory, audit } = enabled(deps)
      const call = { caller, place: sqlPlaceFor(caller, scope), op: 'sql_exec', ...input }
      return audited(
        audit,
        call,
        () => memory.exec(caller, scope, input),
        ({ rows_affected }) => rows_affected,
      )
    },
    sql_begin: async (caller, { scope }) =>
      inTransaction(deps, caller, scope, 'sql_begin', (memory) => memory.begin(caller, scope)),
    sql_commit: async (caller, { scope }) =>
      inTransaction(deps, caller, scope, 'sql_commit', (memory) => memory.commit(caller, scope)),
    sql_rollback: async (caller, { scope }) =>
      inTransaction(deps, caller, scope, 'sql_rollback', (memory) => memory.rollback(caller, scope)),
  }
}

async function inTransaction(
  deps: MemoryDeps,
  caller: RunCaller,
  scope: SqlScope,
  op: SqlOp,
  work: (memory: SqlMemory) => Promise<number>,
) {
  const { memory, audit } = enabled(deps)
  const depth = await audited(audit, { caller, place: sqlPlaceFor(caller, scope), op }, () => work(memory))
  return { ok: true, depth }
}

function enabled({ sql }: MemoryDeps): { memory: SqlMemory; audit: AuditOptions } {
  if (!sql) throw new ToolError('SQL is off in this runtime; LOOMCYCLE_SQLMEM_ENABLED=1 turns it on')
  return sql
}
