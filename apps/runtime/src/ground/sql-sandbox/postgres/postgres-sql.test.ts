import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestClock } from '../../../models/providers/testing/test-clock.ts'
import { releaseDatabase, takeDatabase } from '../../../testing/postgres/databases.ts'
import { harmlessInPostgres } from '../statement/postgres-functions.ts'
import type { ScopeTarget, SqlStatement, UserSql } from '../user-sql.ts'
import { postgresSql } from './postgres-sql.ts'

/** Nothing takes too long unless a test says so. */
const clock = createTestClock()
const limits = { timeoutMs: 20_000, maxRows: 100, maxBytes: 100_000 }
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
const ENDLESS_WRITE = 'WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n) INSERT INTO t SELECT i FROM n'

const file = `postgres-sql-${process.pid}`
let dsn = ''
let sql: UserSql
/** As the server sees it from above. */
let above: pg.Client

beforeAll(async () => {
  dsn = await takeDatabase(file)
  sql = open()
  above = new pg.Client(inject('postgresUrl'))
  await above.connect()
})

afterAll(async () => {
  await above.end()
  await sql.close()
  await releaseDatabase(file)
})

const open = (more: Partial<Parameters<typeof postgresSql>[0]> = {}) =>
  postgresSql({ clock, dsn, longestStatement: 60_000, longestPause: 60_000, ...more })

const aTarget = (more: Partial<ScopeTarget> = {}): ScopeTarget => ({
  place: { tenantId: 'default', scope: 'user', scopeId: randomUUID() },
  maxBytes: 10_000_000,
  owner: 'me',
  ...more,
})

const ask = (target: ScopeTarget, on = sql) => ({
  query: (statement: string, args: unknown[] = [], more: Partial<SqlStatement> = {}) =>
    on.query(target, { statement, args, limits, ...more }),
  exec: (statement: string, args: unknown[] = [], more: Partial<SqlStatement> = {}) =>
    on.exec(target, { statement, args, limits, ...more }),
})

/** Resolves once a statement with these words in it is at work, and says how many there are. */
const working = (words: string, count = 1) =>
  expect
    .poll(
      async () =>
        (
          await above.query(
            `select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1`,
            [`%${words}%`],
          )
        ).rows.length,
    )
    .toBe(count)

describe('a schema of one’s own', () => {
  it.each([
    ['SELECT $1', [], 'the statement has 1 place for a value ($1) and args has 0'],
    ['SELECT 1', [1], 'the statement has no places for values ($1) and args has 1'],
    ['SELECT $1, $2', [1], 'the statement has 2 places for values ($1, …) and args has 1'],
    ['SELECT $1, $3', [1, 2], 'the statement has 3 places for values ($1, …) and args has 2'],
    ['SELECT ?', [1], 'places for values are $1, $2, … here'],
    ['SELECT :a', [1], 'syntax error at or near ":"'],
  ])('does not take %s with %j', async (statement, args, message) => {
    await expect(ask(aTarget()).query(statement, args)).rejects.toThrow(message)
  })

  it('says what a statement did', async () => {
    const { exec } = ask(aTarget())
    const did = (rows_affected: number) => ({ rows_affected, last_insert_id: 0 })
    expect(await exec('CREATE TABLE t (a INTEGER GENERATED ALWAYS AS IDENTITY, b INTEGER UNIQUE)')).toEqual(did(0))
    expect(await exec('INSERT INTO t (b) VALUES (1), (2)')).toEqual(did(2))
    expect(await exec('UPDATE t SET b = 3 WHERE a = 2')).toEqual(did(1))
    const put = 'INSERT INTO t (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET b = t.b + 10'
    expect(await exec(put, [3])).toEqual(did(1))
    expect(await exec('INSERT INTO t (b) VALUES (1) ON CONFLICT DO NOTHING')).toEqual(did(0))
    expect(await exec('WITH gone AS (DELETE FROM t RETURNING b) SELECT b FROM gone ORDER BY b')).toMatchObject({
      columns: ['b'],
      rows: [[1], [13]],
    })
    expect(await exec('DROP TABLE t')).toEqual(did(0))
  })

  it('answers what RETURNING asks for, as much as may be, and does it all', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER GENERATED ALWAYS AS IDENTITY, b INTEGER)')
    const inserted = await exec('INSERT INTO t (b) SELECT generate_series(1, 350) RETURNING a, b * 2 AS twice')
    expect(inserted).toMatchObject({ rows_affected: 350, columns: ['a', 'twice'], truncated: true })
    expect(inserted.rows).toHaveLength(100)
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[350]])
  })

  it('keeps what is written, with every kind of value', async () => {
    const { query, exec } = ask(aTarget())
    await exec(
      `CREATE TABLE t (a TEXT, b FLOAT8, c BIGINT, d NUMERIC, e BOOLEAN, f JSONB, g BYTEA, h TIMESTAMPTZ, i INTEGER[])`,
    )
    await exec(
      `INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, '\\x00ff', '2026-01-02 03:04:05+01', '{1,2}'),
        (NULL, 'NaN', $7, '1.50', NULL, NULL, NULL, NULL, NULL)`,
      ['ä🧵', 1.5, 7, '12345678901234567890.1', true, { x: [1] }, 9007199254740993n],
    )
    expect(await query('SELECT * FROM t')).toEqual({
      columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
      rows: [
        ['ä🧵', 1.5, 7, '12345678901234567890.1', true, '{"x": [1]}', 'AP8=', '2026-01-02 02:04:05+00', '{1,2}'],
        [null, 'NaN', '9007199254740993', 1.5, null, null, null, null, null],
      ],
      truncated: false,
    })
    await expect(query('SELECT $1', ['a\0b'])).rejects.toThrow('NUL character')
  })

  it.each([
    'CREATE TABLE u (a INTEGER PRIMARY KEY, b TEXT DEFAULT now() CHECK (length(b) > 1), c INTEGER REFERENCES t (a))',
    'CREATE TABLE IF NOT EXISTS t (a INTEGER)',
    'CREATE TABLE u (c SERIAL, LIKE t INCLUDING ALL)',
    'CREATE TABLE u AS SELECT * FROM t',
    'CREATE INDEX i ON t (a)',
    'CREATE UNIQUE INDEX i ON t (lower(b)) WHERE a > 3',
    "CREATE INDEX i ON t USING gin (to_tsvector('english', b))",
    'CREATE VIEW v AS SELECT a FROM t',
    "CREATE TYPE mood AS ENUM ('good', 'bad')",
    "COMMENT ON TABLE t IS 'mine'",
    'ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 1, ALTER COLUMN b SET NOT NULL',
    'ALTER TABLE t RENAME COLUMN a TO c',
    'ALTER TABLE t RENAME TO u',
    'TRUNCATE t',
    'DROP TABLE t',
    "INSERT INTO t SELECT 1, '2' RETURNING a",
    'WITH x AS (SELECT 3 AS a) INSERT INTO t SELECT a, a::text FROM x',
    '/* a comment; with a semicolon */ DELETE FROM t -- and another; one',
    "UPDATE t SET b = ';''\"; --' ;",
  ])('takes %s', async (statement) => {
    const { exec } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)')
    await expect(exec(statement)).resolves.toHaveProperty('rows_affected')
  })

  it('finds text with full-text search, and shows the schema', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE TABLE f (a TEXT)')
    await exec("INSERT INTO f VALUES ('the loom'), ('the cycle')")
    const found = await query(
      `SELECT ts_headline('english', a, q) FROM f, to_tsquery('english', $1) AS q WHERE to_tsvector('english', a) @@ q`,
      ['loom'],
    )
    expect(found.rows).toEqual([['the <b>loom</b>']])
    const mine = 'SELECT table_name FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA'
    expect((await query(mine)).rows).toEqual([['f']])
    const columns = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'f'"
    expect((await query(columns)).rows).toEqual([['a', 'text']])
  })

  it('stops at as many rows and bytes as asked for', async () => {
    const { query } = ask(aTarget())
    const many = 'SELECT generate_series(1, 1000000000) AS i'
    const few = await query(many, [], { limits: { ...limits, maxRows: 3 } })
    expect(few).toEqual({ columns: ['i'], rows: [[1], [2], [3]], truncated: true })
    const small = await query(many, [], { limits: { ...limits, maxBytes: 20 } })
    expect(small).toMatchObject({ rows: [[1], [2]], truncated: true })
    const all = await query('SELECT generate_series(1, 3)', [], { limits: { ...limits, maxRows: 3 } })
    expect(all).toMatchObject({ rows: [[1], [2], [3]], truncated: false })
    const long = await query("SELECT repeat('x', 1000000) FROM generate_series(1, 1000)")
    expect(long).toMatchObject({ rows: [], truncated: true })
  })

  it('does not take in a value that is far too large', async () => {
    await expect(ask(aTarget()).query("SELECT repeat('x', 200000000)")).rejects.toThrow('a value that is too large')
  })

  it('does not grow past its limit, and has the room back that was deleted', async () => {
    const { query, exec } = ask(aTarget({ maxBytes: 400_000 }))
    await exec('CREATE TABLE t (a TEXT)')
    const add = 'INSERT INTO t SELECT repeat(md5(i::text), 20) FROM generate_series(1, 250) AS i'
    await exec(add)
    await expect(exec(add.replace('250', '2000'))).rejects.toThrow('as large as it may be; delete something')
    await expect(
      exec('CREATE TABLE u AS SELECT repeat(md5(i::text), 20) FROM generate_series(1, 999) AS i'),
    ).rejects.toThrow('as large as it may be')
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[250]])
    for (let round = 0; round < 4; round++) {
      await exec('DELETE FROM t')
      await exec(add)
    }
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[250]])
  })

  it('ends a statement that takes more and more room', async () => {
    const target = aTarget({ maxBytes: 1_000_000 })
    const { exec, query } = ask(target)
    const filling = expect(
      exec('CREATE TABLE t AS SELECT repeat(md5(generate_series(1, 1000000000)::text), 50)'),
    ).rejects.toThrow('as large as it may be')
    await working('CREATE TABLE t AS')
    let isOver = false
    const over = filling.then(() => {
      isOver = true
    })
    while (!isOver) await Promise.race([over, clock.fire(500)])
    await expect(query('SELECT count(*) FROM t')).rejects.toThrow('does not exist')
  })

  it.each([
    'SELECT count(*) FROM generate_series(1, 1000000000)',
    'SELECT * FROM (SELECT repeat(md5(generate_series(1, 100000000)::text), 30) AS a) AS x ORDER BY a',
  ])('ends a statement that puts too much aside: %s', async (statement) => {
    await expect(ask(aTarget()).query(statement)).rejects.toThrow('more room for what is in between than it may')
  })

  it('has statements with nothing left of those before', async () => {
    const { exec, query } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED)')
    await exec('INSERT INTO t VALUES (1)')
    await expect(exec('INSERT INTO t VALUES (2), (1)')).rejects.toThrow('duplicate key')
    expect((await query('SELECT a FROM t')).rows).toEqual([[1]])
  })

  it('is never another’s, however many take turns', async () => {
    const targets = Array.from({ length: 12 }, (_, i) => aTarget({ owner: `owner ${i}` }))
    await Promise.all(targets.map((target, i) => ask(target).exec(`CREATE TABLE only_${i} (a INTEGER)`)))
    for (let round = 0; round < 3; round++) {
      await Promise.all(targets.map((target, i) => ask(target).exec(`INSERT INTO only_${i} VALUES (${round})`)))
    }
    for (const [i, target] of targets.entries()) {
      const { rows } = await ask(target).query(
        'SELECT table_name FROM information_schema.tables WHERE table_schema !~ $1',
        ['pg_catalog|information_schema'],
      )
      expect(rows).toEqual([[`only_${i}`]])
      expect((await ask(target).query(`SELECT count(*) FROM only_${i}`)).rows).toEqual([[3]])
    }
  })

  it('has a name of its own, whatever its owner is called', async () => {
    const ids = ['a.b', 'a_b', 'A_b', '"; drop schema public; --', "it's", 'ä', 'x'.repeat(3000), '', '\0', '$1', '\\']
    const targets = ids.map((scopeId) => aTarget({ place: { tenantId: 't', scope: 'user', scopeId } }))
    for (const [i, target] of targets.entries()) await ask(target).exec(`CREATE TABLE only_${i} (a INTEGER)`)
    for (const [i, target] of targets.entries()) {
      const { rows } = await ask(target).query(
        'SELECT table_name FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA',
      )
      expect(rows, ids[i]).toEqual([[`only_${i}`]])
    }
  })

  it('is made again where another process has dropped it', async () => {
    const target = aTarget()
    const { exec, query } = ask(target)
    await exec('CREATE TABLE t (a INTEGER)')
    const other = open()
    await other.drop(target.place)
    await other.close()
    await expect(query('SELECT a FROM t')).rejects.toThrow('does not exist')
    await exec('CREATE TABLE t (b INTEGER)')
    expect((await query('SELECT b FROM t')).rows).toEqual([])
  })

  it('is made once by whoever comes first', async () => {
    const target = aTarget()
    const several = Array.from({ length: 3 }, () => open())
    await Promise.all(several.map((one) => ask(target, one).query('SELECT 1')))
    await Promise.all(several.map((one) => one.close()))
  })
})

describe('ending', () => {
  it('stops an endless query while another goes on', async () => {
    const stopped = expect(
      ask(aTarget()).query(ENDLESS, [], { limits: { ...limits, timeoutMs: 300 } }),
    ).rejects.toThrow('took longer than 300 ms and was stopped')
    expect((await ask(aTarget({ owner: 'other' })).query('SELECT 1')).rows).toEqual([[1]])
    await working('RECURSIVE')
    await clock.fire(300)
    await stopped
    await working('RECURSIVE', 0)
  })

  it('undoes what a stopped statement had done', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER)')
    await exec('INSERT INTO t VALUES (1)')
    const stopped = expect(exec(ENDLESS_WRITE)).rejects.toThrow('nothing of it was kept')
    await working('INSERT INTO t')
    await clock.fire(limits.timeoutMs)
    await stopped
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[1]])
    await exec('INSERT INTO t VALUES (2)')
  })

  it('stops as soon as nobody wants the answer', async () => {
    const gone = new AbortController()
    const { query } = ask(aTarget())
    const stopped = expect(query(ENDLESS, [], { signal: gone.signal })).rejects.toThrow('was cancelled')
    await working('RECURSIVE')
    gone.abort()
    await stopped
    await working('RECURSIVE', 0)
    await expect(query('SELECT 1', [], { signal: gone.signal })).rejects.toThrow('was cancelled')
  })

  it('lets one owner have a part of the connections only', async () => {
    const short = { limits: { ...limits, timeoutMs: 600 } }
    const endless = Array.from({ length: 6 }, () => ask(aTarget({ owner: 'greedy' })).query(ENDLESS, [], short))
    const all = Promise.allSettled(endless)
    expect((await ask(aTarget({ owner: 'modest' })).query('SELECT 1')).rows).toEqual([[1]])
    await working('RECURSIVE', 2)
    for (const _ of endless) await clock.fire(600)
    const messages = (await all).map((one) => (one.status === 'rejected' ? one.reason.message : 'not refused'))
    expect(messages.filter((message) => message.includes('too many other statements'))).toHaveLength(4)
    expect(messages.filter((message) => message.includes('took longer than 600 ms'))).toHaveLength(2)
  })

  it('is done by the server itself where nobody is there any more', async () => {
    const target = aTarget()
    const forgotten = open({ longestStatement: -4_500 })
    await expect(ask(target, forgotten).query(ENDLESS)).rejects.toThrow('ended')
    await forgotten.close()
  })
})

it('calls no function that does anything, and none that looks names up', async () => {
  const doing = await above.query(
    `select distinct proname as name from pg_proc where pronamespace = 'pg_catalog'::regnamespace
      and (provolatile = 'v' or prosecdef or proargtypes::oid[] && '{regclass,regproc,regtype}'::regtype[]::oid[])
      and proname = any($1) order by 1`,
    [[...harmlessInPostgres]],
  )
  // Chance and time.
  const known =
    /^(random|random_normal|array_shuffle|array_sample|clock_timestamp|timeofday|gen_random_uuid|uuidv[47])$/
  expect(doing.rows.map(({ name }) => name).filter((name) => !known.test(name))).toEqual([])
})

describe('transactions', () => {
  it('keep all or nothing, level by level', async () => {
    const target = aTarget()
    const { query, exec } = ask(target)
    await exec('CREATE TABLE t (a INTEGER)')
    const tx = await sql.begin(target, limits)
    const add = (a: number) => tx.exec({ statement: 'INSERT INTO t VALUES ($1)', args: [a], limits })
    await add(1)
    expect(await tx.savepoint(1000)).toBe(2)
    await add(2)
    await expect(tx.query({ statement: 'SELECT 1 / 0', limits })).rejects.toThrow('division by zero')
    await expect(tx.exec({ statement: 'DELETE FROM absent', limits })).rejects.toThrow('does not exist')
    expect((await tx.query({ statement: 'SELECT count(*) FROM t', limits })).rows).toEqual([[2]])
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[0]])
    expect(await tx.rollback(1000)).toBe(1)
    expect(await tx.savepoint(1000)).toBe(2)
    await add(3)
    expect(await tx.commit(1000)).toBe(1)
    expect(await tx.commit(1000)).toBe(0)
    expect((await query('SELECT a FROM t ORDER BY a')).rows).toEqual([[1], [3]])
    await expect(add(4)).rejects.toThrow('the transaction is over')
  })

  it('do one thing at a time when asked for several', async () => {
    const target = aTarget()
    const tx = await sql.begin(target, limits)
    await tx.exec({ statement: 'CREATE TABLE t (a INTEGER)', limits })
    await Promise.all([1, 2, 3].map((a) => tx.exec({ statement: 'INSERT INTO t VALUES ($1)', args: [a], limits })))
    await tx.commit(1000)
    expect((await ask(target).query('SELECT a FROM t ORDER BY a')).rows).toEqual([[1], [2], [3]])
  })

  it('are undone as a whole when a statement in one is stopped, or when it is abandoned', async () => {
    const target = aTarget()
    const { query, exec } = ask(target)
    await exec('CREATE TABLE t (a INTEGER)')
    const one = await sql.begin(target, limits)
    await one.exec({ statement: 'INSERT INTO t VALUES (1)', limits })
    const stopped = expect(one.query({ statement: ENDLESS, limits })).rejects.toThrow(
      'whole transaction was rolled back',
    )
    await working('RECURSIVE')
    await clock.fire(limits.timeoutMs)
    await stopped
    expect(one.isOpen).toBe(false)
    const two = await sql.begin(target, limits)
    await two.exec({ statement: 'INSERT INTO t VALUES (2)', limits })
    two.abandon()
    expect((await query('SELECT a FROM t')).rows).toEqual([])
  })

  it('are told that others have what they want', async () => {
    const target = aTarget()
    await ask(target).exec('CREATE TABLE t (a INTEGER UNIQUE)')
    const one = await sql.begin(target, limits)
    await one.exec({ statement: 'INSERT INTO t VALUES (1)', limits })
    await expect(ask(target).exec('DROP TABLE t')).rejects.toThrow(
      'another transaction is open on what this statement needs',
    )
    one.abandon()
  })

  it('are as many as there may be, and not all one owner’s', async () => {
    const narrow = open({ maxReserved: 2 })
    const tx = await narrow.begin(aTarget(), limits)
    await expect(narrow.begin(aTarget(), limits)).rejects.toThrow('1 transactions of yours are open already')
    const other = await narrow.begin(aTarget({ owner: 'other' }), limits)
    await expect(narrow.begin(aTarget({ owner: 'third' }), limits)).rejects.toThrow('2 transactions are open already')
    tx.abandon()
    await other.rollback(1000)
    const next = await narrow.begin(aTarget(), limits)
    next.abandon()
    await narrow.close()
  })
})
