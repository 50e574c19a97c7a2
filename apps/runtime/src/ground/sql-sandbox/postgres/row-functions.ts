import pg from 'pg'
import { clientConfig } from '../../db/postgres/client.ts'

/** Functions of the system that `x.name` calls, where x is a value. */
export async function rowFunctions(dsn: string): Promise<string[]> {
  const client = new pg.Client(clientConfig(dsn))
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query(
      `select distinct proname from pg_catalog.pg_proc
        where pronargs >= 1 and pronargs - pronargdefaults <= 1 or provariadic <> 0`,
    )
    return (rows as { proname: string }[]).map(({ proname }) => proname)
  } finally {
    await client.end().catch(() => {})
  }
}
