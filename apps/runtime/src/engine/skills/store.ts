import type { SkillDefinition } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'

export function keepSkill(tenantId: string, id: string, skill: SkillDefinition, at: number): Statement {
  return {
    sql: `insert into skill_definitions (tenant_id, id, name, definition, created_at) values (?, ?, ?, ?, ?)
      on conflict (tenant_id, id) do nothing`,
    parameters: [tenantId, id, skill.name, JSON.stringify(skill), at],
  }
}

export async function findKeptSkill(db: Database, tenantId: string, id: string): Promise<SkillDefinition | undefined> {
  const found = `select definition from skill_definitions where tenant_id = ? and id = ?`
  const [row] = await db.all<{ definition: string }>(found, [tenantId, id])
  return row && (JSON.parse(row.definition) as SkillDefinition)
}
