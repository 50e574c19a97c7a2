import pg from 'pg'

/** Statements one after the other, on a connection of their own; the rows of the last one. */
export async function ask<T = Record<string, unknown>>(url: string, ...statements: string[]): Promise<T[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    let rows: T[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows as T[]
    return rows
  } finally {
    await client.end().catch(() => {})
  }
}
