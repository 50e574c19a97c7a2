import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { onPostgres } from '../../../testing/on-sqlite.ts'
import { emptyDatabase } from '../../../testing/postgres/databases.ts'
import { migrate } from './migrator.ts'

onPostgres('indexes can be made where no name is looked up, as a restored dump makes them', async () => {
  const dsn = await emptyDatabase()
  await migrate(dsn)
  const client = new pg.Client(dsn)
  await client.connect()
  onTestFinished(() => client.end())
  await client.query(`set search_path = ''`)
  const { rows } = await client.query<{ name: string; words: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as words
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint where conindid = i.indexrelid)`)
  expect(rows.map(({ name }) => name)).toContain('public.live_runs_by_document')
  for (const { name, words } of rows) {
    await client.query(`drop index ${name}`)
    await client.query(words)
  }
})
