import { onTestFinished } from 'vitest'
import type { Database } from '../ground/db/database.ts'
import { Connection, kyselyOver } from '../ground/db/node-sqlite.ts'

/** The same database, which tells how SQLite goes about what it is asked. */
export async function explained(db: Database): Promise<{ asking: Database; plan(): string[] }> {
  const [{ file }] = (await db.all('pragma database_list', [])) as [{ file: string }]
  const connection = new Connection(file, { readOnly: false })
  onTestFinished(() => connection.close())
  const steps: string[] = []
  const prepare = (sql: string) => {
    const rows = connection.raw.prepare(`explain query plan ${sql}`).all()
    steps.push(...rows.map(({ detail }) => String(detail)))
    return connection.prepare(sql)
  }
  const read = kyselyOver({ prepare })
  const all = async <T>(sql: string, parameters: readonly unknown[]) => prepare(sql).all(parameters) as T[]
  return { asking: { ...db, read, aside: () => read, all }, plan: () => steps.splice(0) }
}
