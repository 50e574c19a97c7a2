import type { Insertable } from 'kysely'
import type { Database } from '../../../ground/db/database.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Statement } from '../../../ground/db/statement.ts'

export function insertAudit(db: Pick<Database, 'sql'>, row: Insertable<Schema['sql_audit']>): Statement {
  return db.sql.insertInto('sql_audit').values(row).compile()
}

export function forgetAuditBefore(at: number, limit: number): Statement {
  return {
    sql: 'delete from sql_audit where n in (select n from sql_audit where at < ? limit ?)',
    parameters: [at, limit],
  }
}
