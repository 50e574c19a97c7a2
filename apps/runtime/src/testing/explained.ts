import type { Kysely } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Database } from '../ground/db/database.ts'
import { Connection, kyselyOver } from '../ground/db/node-sqlite.ts'
import type { Schema } from '../ground/db/schema/index.ts'

/** A connection to the same file that tells how SQLite goes about what it is asked. */
export async function explained(db: Database): Promise<{ asking: Kysely<Schema>; plan(): string[] }> {
  const [{ file }] = (await db.all('pragma database_list', [])) as [{ file: string }]
  const connection = new Connection(file, { readOnly: false })
  onTestFinished(() => connection.close())
  const steps: string[] = []
  const prepare = (sql: string) => {
    const rows = connection.raw.prepare(`explain query plan ${sql}`).all()
    steps.push(...rows.map(({ detail }) => String(detail)))
    return connection.prepare(sql)
  }
  return { asking: kyselyOver({ prepare }), plan: () => steps.splice(0) }
}
