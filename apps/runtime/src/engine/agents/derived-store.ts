import type { AgentOverrides } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import { insertRow } from '../../ground/db/insert-row.ts'
import type { DerivedAgentsTable } from '../../ground/db/schema/derived-agents.ts'
import type { Statement } from '../../ground/db/statement.ts'

/** An agent of one conversation, as it is stored. */
export interface Derived {
  tenantId: string
  name: string
  userId: string
  sessionId: string | null
  base: string
  baseDefId: string | null
  overrides: AgentOverrides
}

const columns = 'tenant_id, name, user_id, session_id, base, base_def_id, overrides, created_at'

export async function findDerived(db: Database, tenantId: string, name: string): Promise<Derived | undefined> {
  const found = `select ${columns} from derived_agents where tenant_id = ? and name = ?`
  return (await db.all<DerivedAgentsTable>(found, [tenantId, name])).map(fromRow)[0]
}

export async function findDerivedOf(db: Database, sessionId: string): Promise<Derived | undefined> {
  const found = `select ${columns} from derived_agents where session_id = ?`
  return (await db.all<DerivedAgentsTable>(found, [sessionId])).map(fromRow)[0]
}

function fromRow(row: DerivedAgentsTable): Derived {
  return {
    tenantId: row.tenant_id,
    name: row.name,
    userId: row.user_id,
    sessionId: row.session_id,
    base: row.base,
    baseDefId: row.base_def_id,
    overrides: JSON.parse(row.overrides) as AgentOverrides,
  }
}

export function insertDerived(derived: Derived, at: number): Statement {
  return insertRow('derived_agents', {
    tenant_id: derived.tenantId,
    name: derived.name,
    user_id: derived.userId,
    session_id: derived.sessionId,
    base: derived.base,
    base_def_id: derived.baseDefId,
    overrides: JSON.stringify(derived.overrides),
    created_at: at,
  })
}

export function deleteDerivedOf(sessionId: string): Statement {
  return { sql: 'delete from derived_agents where session_id = ?', parameters: [sessionId] }
}

/** Fails where another conversation has it by now. In place of what this one had. */
export function bindDerived({ tenantId, name }: Derived, sessionId: string): Statement[] {
  return [
    {
      sql: 'delete from derived_agents where session_id = ? and name <> ?',
      parameters: [sessionId, name],
    },
    {
      sql: `update derived_agents set session_id = ? where tenant_id = ? and name = ? and (session_id is null or session_id = ?)`,
      parameters: [sessionId, tenantId, name, sessionId],
      mustChange: true,
    },
  ]
}

/** A branch goes on as its source did, where it is with the same agent. */
export function copyDerived(from: string, to: string, name: string, base: string): Statement {
  return {
    sql: `insert into derived_agents (${columns})
      select tenant_id, ?, user_id, ?, base, base_def_id, overrides, created_at from derived_agents
      where session_id = ? and base = ?`,
    parameters: [name, to, from, base],
  }
}

export async function countUnused(db: Database, tenantId: string, userId: string): Promise<number> {
  const found = 'select count(*) as n from derived_agents where tenant_id = ? and user_id = ? and session_id is null'
  return (await db.all<{ n: number }>(found, [tenantId, userId]))[0]?.n ?? 0
}

/** With which no conversation was begun. */
export function forgetUnusedDerivedBefore(at: number, limit: number): Statement {
  return {
    sql: `delete from derived_agents where (tenant_id, name) in (select tenant_id, name from derived_agents
      where session_id is null and created_at < ? limit ?)`,
    parameters: [at, limit],
  }
}
