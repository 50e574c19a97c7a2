import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { cutsOfUpgrade } from '../../../../../fault/migrations/cuts.ts'
import { makeDatabaseAt, migrationNames } from '../../../../../fault/migrations/database-at.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import { termsOf, toMatch } from '../full-text/terms.ts'
import { NoCopyError } from './copy-before-upgrade.ts'
import { openDatabase } from './database.ts'
import { NewerDatabaseError } from './migrator.ts'

const oldest = 'loomcycle.at-001-init.db'

async function databaseAt(version: number) {
  const dir = tempDir()
  const file = join(dir, 'loomcycle.db')
  await makeDatabaseAt(file, version)
  return { dir, file }
}

const upgrade = async (file: string) => (await openDatabase(file)).close()
const copiesIn = (dir: string) => readdirSync(dir).filter((name) => name.includes('.at-'))
const query = (file: string, sql: string) => {
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db.prepare(sql).all()
  db.close()
  return rows
}

it('an upgrade is on disk as a whole or not at all', async () => {
  const { dir, file } = await databaseAt(2)
  const states = new Set<number>()
  for (const cut of await cutsOfUpgrade(file, join(dir, 'cuts'))) {
    const [row] = query(join(cut.dir, 'loomcycle.db'), `select count(*) as n from sqlite_master`)
    states.add((row as { n: number }).n)
  }
  expect(states.size).toBe(2)
})

it('a database with something in it is kept as it was, and opens as that', async () => {
  const { dir, file } = await databaseAt(1)
  await upgrade(file)
  expect(copiesIn(dir)).toEqual([oldest])
  expect(query(join(dir, oldest), 'select id from sessions')).toHaveLength(2)
  expect(query(join(dir, oldest), 'select name from kysely_migration')).toHaveLength(1)
  // The way back, and forward again.
  rmSync(file)
  renameSync(join(dir, oldest), file)
  await upgrade(file)
  expect(query(file, 'select id from sessions')).toHaveLength(2)
})

it('what was written before words of every script were found is found by them', async () => {
  const { file } = await databaseAt(migrationNames.indexOf('023-words-of-every-script'))
  const old = new DatabaseSync(file)
  old.exec(`insert into document_places (id, tenant_id, scope, scope_id) values (7, 't', 'user', 'u');
    insert into documents (id, place_id, title, root_chunk_id, created_at, updated_at) values ('d', 7, '', 'c', 0, 0)`)
  const chunk = old.prepare(`insert into chunks
    (n, id, place_id, document_id, parent_id, shelf, slot, type, status, title, title_key, revision, created_at, updated_at, actor)
    values (?, ?, 7, 'd', '', 0, ?, 'note', 'later', ?, '', 1, 0, 0, '')`)
  const content = old.prepare(`insert into chunk_contents (n, body, fields, preamble) values (?, ?, ?, '')`)
  for (let n = 1000; n < 1450; n++) {
    chunk.run(n, `c${n}`, n, `Chunk ${n}`)
    content.run(n, n === 1449 ? '東京タワー' : '', n === 1001 ? '{"who":["Ёж"]}' : null)
  }
  old.prepare(`insert into chunk_tags (chunk_id, tag, place_id) values ('c1002', 'C++', 7)`).run()
  old.close()
  await upgrade(file)
  const db = await openDatabase(file)
  onTestFinished(() => db.close())
  const find = async (words: string) => {
    const match = `place : place7 AND {title body extra} : (${toMatch(termsOf(words), 'all')})`
    const rows = await db.all<{ n: number }>('select rowid as n from chunk_fts where chunk_fts match ?', [match])
    return rows.map(({ n }) => n)
  }
  const found = await Promise.all(['京タワ', 'еж', 'c++', '1448'].map(find))
  expect(found).toEqual([[1449], [1001], [1002], [1448]])
  expect(await find('note later')).toHaveLength(450)
})

it('chunks that had a status before there were ranks are ranked as they stand in their document', async () => {
  const { file } = await databaseAt(migrationNames.indexOf('029-ranks'))
  const old = new DatabaseSync(file)
  old.exec(`insert into document_places (id, tenant_id, scope, scope_id) values (7, 't', 'user', 'u');
    insert into documents (id, place_id, title, root_chunk_id, created_at, updated_at)
    values ('d', 7, '', 'root', 0, 0), ('e', 7, '', 'other', 0, 0)`)
  const chunk = old.prepare(`insert into chunks
    (n, id, place_id, document_id, parent_id, shelf, slot, type, status, title, title_key, revision, created_at, updated_at, actor)
    values (?, ?, 7, ?, ?, ?, ?, '', ?, '', '', 1, 0, 0, '')`)
  const rows = [
    ['last', 'd', 'b', 1, 0, 'todo'],
    ['root', 'd', '', 0, 0, ''],
    ['b', 'd', 'root', 0, 5, 'done'],
    ['a', 'd', 'root', 0, 2, 'todo'],
    ['b1', 'd', 'b', 0, 9, 'todo'],
    ['a1', 'd', 'a', 0, 12, 'todo'],
    ['other', 'e', '', 0, 0, 'todo'],
    ['lost', 'e', 'gone', 0, 0, 'todo'],
  ] as const
  for (const [i, row] of rows.entries()) chunk.run(1000 + i, ...row)
  old.close()
  await upgrade(file)
  const ranked = query(file, `select id, rank from chunks where n >= 1000 order by document_id, status desc, rank`)
  expect(ranked.map(({ id, rank }) => `${id} ${rank}`)).toEqual([
    ...['a d0001', 'a1 d0002', 'b1 d0003', 'last d0004', 'b d0001', 'root '],
    ...['lost d0000', 'other d0001'],
  ])
})

it('what runs took before model calls were counted is counted once, as of the day they began', async () => {
  const { file } = await databaseAt(migrationNames.indexOf('070-usage'))
  const old = new DatabaseSync(file)
  old.exec('delete from runs')
  const run = old.prepare(`insert into runs (id, session_id, tenant_id, user_id, agent, agent_id, root_run_id, status,
    interactive, options, history_after, first_seq, turns, provider, model, input_tokens, output_tokens, started_at)
    select ?, (select id from sessions limit 1), 't', 'ada', 'writer', ?, ?, 'completed', 0, '{}', 0, ?, ?, 'p', ?, ?, 1, ?`)
  const noon = Date.UTC(2026, 10, 30, 12)
  const rows = [
    ['r1', 2, 'm', 10, noon],
    ['r2', 1, 'm', 100, noon + 11 * 3_600_000],
    ['r3', 1, 'm', 1000, noon + 13 * 3_600_000],
    ['r4', 1, null, 10_000, noon],
  ] as const
  for (const [i, [id, turns, model, tokens, at]] of rows.entries())
    run.run(id, id, id, 1000 + i, turns, model, tokens, at)
  old.close()
  await upgrade(file)
  const sums = 'day, model, source, currency, input_tokens, output_tokens, calls'
  const same = { model: 'm', source: 'operator', currency: '' }
  expect(query(file, `select ${sums} from usage_days order by day`)).toMatchObject([
    { ...same, day: '2026-11-30', input_tokens: 110, output_tokens: 2, calls: 3 },
    { ...same, day: '2026-12-01', input_tokens: 1000, output_tokens: 1, calls: 1 },
  ])
  expect(query(file, 'select run_id, calls from usage_runs order by run_id')).toMatchObject([
    { run_id: 'r1', calls: 2 },
    { run_id: 'r2', calls: 1 },
    { run_id: 'r3', calls: 1 },
  ])
})

it('the last two copies are kept', async () => {
  const { dir, file } = await databaseAt(0)
  for (const version of [1, 2, 3]) {
    rmSync(file, { force: true })
    await makeDatabaseAt(file, version)
    await upgrade(file)
  }
  expect(copiesIn(dir)).toEqual(['loomcycle.at-002-engine.db', 'loomcycle.at-003-memory.db'])
})

it('a database with nothing in it is not copied, nor one that needs no upgrade', async () => {
  const { dir, file } = await databaseAt(0)
  await upgrade(file)
  await upgrade(file)
  const full = await databaseAt(migrationNames.length)
  await upgrade(full.file)
  expect([...copiesIn(dir), ...copiesIn(full.dir)]).toEqual([])
})

it('where the copy cannot be made nothing is upgraded, unless it is not wanted', async () => {
  const { dir, file } = await databaseAt(1)
  const before = join(dir, 'before')
  copyFileSync(file, before)
  mkdirSync(join(dir, oldest))
  await expect(openDatabase(file)).rejects.toThrow(NoCopyError)
  expect(query(file, 'select name from kysely_migration')).toEqual(query(before, 'select name from kysely_migration'))
  expect(existsSync(join(dir, `${oldest}.part`))).toBe(false)
  await (await openDatabase(file, { keepCopy: false })).close()
  expect(query(file, 'select name from kysely_migration')).toHaveLength(migrationNames.length)
})

it('a database of a newer version is refused, and left alone', async () => {
  const { dir, file } = await databaseAt(2)
  const db = new DatabaseSync(file)
  db.exec(`insert into kysely_migration values ('999-of-tomorrow', '2030-01-01')`)
  db.close()
  await expect(openDatabase(file)).rejects.toThrow(NewerDatabaseError)
  expect(query(file, 'select name from kysely_migration')).toHaveLength(3)
  expect(copiesIn(dir)).toEqual([])
})

it('a table of that name that somebody else made is not taken for half a migration', async () => {
  const { file } = await databaseAt(5)
  const db = new DatabaseSync(file)
  db.exec('create table evaluations (mine text); insert into evaluations values (1)')
  db.close()
  await expect(openDatabase(file)).rejects.toThrow('already exists')
  expect(query(file, 'select mine from evaluations')).toHaveLength(1)
})

it('full-text indexes are told to put no more together at a time than goes with what is written', async () => {
  const { file } = await databaseAt(25)
  await (await openDatabase(file)).close()
  for (const index of ['chunk_fts', 'chat_fts']) {
    const told = query(file, `select k, v from ${index}_config where k like '%merge' order by k`)
    expect(told).toEqual([
      { k: 'automerge', v: 16 },
      { k: 'crisismerge', v: 1000 },
      { k: 'deletemerge', v: 0 },
    ])
  }
})
