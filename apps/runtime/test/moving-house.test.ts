import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'
import { makeDatabaseAt, migrationNames } from '../../../fault/migrations/database-at.ts'
import { openDatabase } from '../src/ground/db/database.ts'
import { prepare } from '../src/ground/db/postgres/migrator.ts'
import { moveFromSqlite } from '../src/ground/db/postgres/moving/move-from-sqlite.ts'
import { openPostgres } from '../src/ground/db/postgres/postgres-database.ts'
import { termsOf, toMatch } from '../src/ground/full-text/terms.ts'
import { onPostgres } from '../src/testing/on-sqlite.ts'
import { ask } from '../src/testing/postgres/ask.ts'
import { emptyDatabase } from '../src/testing/postgres/databases.ts'

/** A database of SQLite with rows in every table, as a version left it, brought up to date. */
async function aSource(version = migrationNames.length) {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'loomcycle.db')
  await makeDatabaseAt(file, version)
  await (await openDatabase(file, { keepCopy: false })).close()
  return file
}

function change(file: string, sql: string, ...values: (string | number)[]) {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  db.prepare(sql).run(...values)
  db.close()
}

onPostgres('moves every row of every table, and what is written afterwards comes behind it', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  const moved = await moveFromSqlite({ file, dsn })
  expect(moved.length).toBeGreaterThan(50)
  expect(moved.every(({ rows }) => rows > 0)).toBe(true)
  await prepare(dsn, false)
  const db = await openPostgres({ dsn })
  onTestFinished(() => db.close())
  await db.write([
    {
      sql: `insert into channel_messages (tenant_id, channel, scope, scope_id, position, payload, published_at, published_by, deferred)
        values ('t', 'c', 's', 'i', 'p', '1', 1, 'me', 0)`,
      parameters: [],
    },
  ])
  expect(await db.all('select n from channel_messages order by n', [])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  const broken = db.write([{ sql: `insert into chunk_tags values ('nobody', 'x', 1)`, parameters: [] }])
  await expect(broken).rejects.toThrow('foreign key')
})

onPostgres(
  'what was written before is found by its words: documents at once, and what was said when it is indexed',
  async () => {
    const [file, dsn] = [await aSource(), await emptyDatabase()]
    change(file, `update chunk_contents set body = ?, fields = ? where n = 1`, '東京タワー', '{"who":["Ёж"]}')
    change(file, `update chunks set title = 'About C++', status = 'later' where n = 1`)
    change(file, 'delete from chat_unindexed')
    await moveFromSqlite({ file, dsn })
    const found = async (words: string) => {
      const match = `{title body extra} : (${toMatch(termsOf(words), 'all')})`
      return (await ask(dsn, `select rowid::int as n from chunk_fts('${match}')`)).map(({ n }) => n)
    }
    for (const words of ['京タワ', 'еж', 'c++', 'later']) expect(await found(words)).toContain(1)
    expect(await found('elsewhere')).toEqual([])
    const [left] = await ask(
      dsn,
      `select (select count(*) from sessions s where not exists (select from chat_unindexed where session_id = s.id))::int
      as unlisted, (select count(*) from chat_texts)::int as texts, (select count(*) from chat_indexed)::int as indexed`,
    )
    expect(left).toEqual({ unlisted: 0, texts: 0, indexed: 0 })
  },
)

onPostgres('goes on where it was cut off, and nothing starts on it before it has come to its end', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  for (let after = 0; ; after += 7) {
    let pages = 0
    const moving = moveFromSqlite({
      file,
      dsn,
      onPage: () => {
        if (++pages > after) throw new Error('cut off')
      },
    })
    if (
      await moving.then(
        () => true,
        (error: Error) => error.message !== 'cut off',
      )
    ) {
      await moving
      break
    }
    await expect(prepare(dsn, true)).rejects.toThrow('is being moved there')
  }
  await prepare(dsn, false)
  expect(await ask(dsn, 'select count(*)::int as n from runs')).toEqual([{ n: 2 }])
})

onPostgres('takes no database that has something in it, nor half of another one', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  await moveFromSqlite({ file, dsn })
  await expect(moveFromSqlite({ file, dsn })).rejects.toThrow('there is something in it already')
  const half = await emptyDatabase()
  const cut = moveFromSqlite({
    file,
    dsn: half,
    onPage: () => {
      throw new Error('cut off')
    },
  })
  await expect(cut).rejects.toThrow('cut off')
  change(file, 'update sessions set created_at = 7, id = ? where id = ?', 'other', 'x1')
  await expect(moveFromSqlite({ file, dsn: half })).rejects.toThrow('another database')
})

onPostgres('notices a row that has changed on the way', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  let isChanged = false
  const moving = moveFromSqlite({
    file,
    dsn,
    onPage: (table) => {
      if (table !== 'documents' || isChanged) return
      isChanged = true
      change(file, `update documents set title = 'another' where id = 'x1'`)
    },
  })
  await expect(moving).rejects.toThrow('documents has 2 rows there that are not the 2 that were here')
})

onPostgres('takes what only SQLite keeps as Postgres can', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  change(file, `update sessions set title = ? where id = 'x1'`, 'a\0b')
  change(file, `update runs set input_tokens = 1.5 where id = 'x1'`)
  await moveFromSqlite({ file, dsn })
  expect(await ask(dsn, `select title from sessions where id = 'x1'`)).toEqual([{ title: 'a\uFFFDb' }])
  expect(await ask(dsn, `select input_tokens::int as n from runs where id = 'x1'`)).toEqual([{ n: 1 }])
})

onPostgres('takes every row where keys are told apart by what Postgres cannot keep', async () => {
  const [file, dsn] = [await aSource(), await emptyDatabase()]
  const db = new DatabaseSync(file)
  const put = db.prepare(`insert into memory (tenant_id, scope, scope_id, key, value, bytes, created_at, updated_at)
    values ('t', 's', 'i', ?, '1', 1, 1, 1)`)
  for (let n = 0; n < 1200; n++) put.run(`k\0${n}`)
  db.close()
  const moved = await moveFromSqlite({ file, dsn })
  expect(moved.find(({ table }) => table === 'memory')).toEqual({ table: 'memory', rows: 1202 })
  expect(await ask(dsn, `select count(*)::int as n from memory where key like 'k\uFFFD%'`)).toEqual([{ n: 1200 }])
})
