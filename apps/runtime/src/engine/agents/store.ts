import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'

export function keepDefinition(tenantId: string, id: string, agent: AgentDefinition, at: number): Statement {
  return {
    sql: `insert into agent_definitions (tenant_id, id, name, definition, created_at) values (?, ?, ?, ?, ?)
      on conflict (tenant_id, id) do nothing`,
    parameters: [tenantId, id, agent.name, JSON.stringify(agent), at],
  }
}

export async function findDefinition(
  db: Database,
  tenantId: string,
  id: string,
): Promise<Partial<AgentDefinition> | undefined> {
  const row = await db.read
    .selectFrom('agent_definitions')
    .select('definition')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && (JSON.parse(row.definition) as Partial<AgentDefinition>)
}
