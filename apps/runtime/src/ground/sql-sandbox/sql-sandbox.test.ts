import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createTestClock } from '../../models/providers/testing/test-clock.ts'
import { createSqlSandbox, type SqlTarget } from './sql-sandbox.ts'
import type { SqlStatement } from './user-sql.ts'
import { textLiteral } from './values.ts'

const dir = mkdtempSync(join(tmpdir(), 'loomcycle-sql-'))
/** Nothing takes too long unless a test says so. */
const clock = createTestClock()
const sandbox = createSqlSandbox({ clock, snapshotDir: join(dir, 'snapshots') })
const limits = { timeoutMs: 20_000, maxRows: 100, maxBytes: 100_000 }
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
const ENDLESS_WRITE = 'WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n) INSERT INTO t SELECT i FROM n'

afterAll(async () => {
  await sandbox.close()
  rmSync(dir, { recursive: true, force: true })
})

let files = 0
const aTarget = (more: Partial<SqlTarget> = {}): SqlTarget => ({
  file: join(dir, `own-${files++}.db`),
  owner: 'me',
  recursive: true,
  ...more,
})
const ask = (target: SqlTarget) => ({
  query: async (statement: string, args: unknown[] = [], more: Partial<SqlStatement> = {}) =>
    sandbox.query(target, { statement, args, limits, ...more }),
  exec: async (statement: string, args: unknown[] = [], more: Partial<SqlStatement> = {}) =>
    sandbox.exec(target, { statement, args, limits, ...more }),
})

/** Resolves once a statement has done so much that it does not all fit into memory. */
const hasWritten = ({ file }: SqlTarget) =>
  expect
    .poll(() => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(500_000)

describe('a file of one’s own', () => {
  it.each([
    [
      'SELECT ?',
      [],
      'the statement has 1 place for a value (?) and args has 0; pass one for each, null where NULL is meant',
    ],
    [
      'SELECT 1',
      [1],
      'the statement has no places for values (?) and args has 1; pass one for each, null where NULL is meant',
    ],
    [
      'SELECT ?, ?',
      [1],
      'the statement has 2 places for values (?) and args has 1; pass one for each, null where NULL is meant',
    ],
    [
      'SELECT ?',
      [1, 2],
      'the statement has 1 place for a value (?) and args has 2; pass one for each, null where NULL is meant',
    ],
    [
      'SELECT ?3, ?',
      [1, 2, 3],
      'the statement has 4 places for values (?) and args has 3; pass one for each, null where NULL is meant',
    ],
    ['SELECT :a', [1], ':a is a place by name; values go by their order, so write ? for each'],
    [
      'WITH t AS (SELECT $x) SELECT * FROM t',
      [],
      '$x is a place by name; values go by their order, so write ? for each',
    ],
  ])('does not take %s with %j', async (statement, args, message) => {
    await expect(ask(aTarget()).query(statement, args)).rejects.toThrow(message)
  })

  it('takes a value for each place, wherever it stands', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE TABLE t (k PRIMARY KEY, v)')
    const put = 'INSERT INTO t VALUES (?, ?) ON CONFLICT DO UPDATE SET v = ? RETURNING k, v, ?'
    expect((await exec(put, ['a', 1, 2, 3])).rows).toEqual([['a', 1, 3]])
    await expect(exec('UPDATE t SET v = ?')).rejects.toThrow('args has 0')
    expect((await query('SELECT v FROM t WHERE k IN (?2, ?1) ORDER BY ?2 LIMIT ?3', ['a', 'b', 9])).rows).toEqual([[1]])
  })

  it('says what a statement did, and nothing of the one before', async () => {
    const { exec } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE)')
    const none = { rows_affected: 0, last_insert_id: 0 }
    expect(await exec('INSERT INTO t (b) VALUES (1), (2)')).toEqual({ rows_affected: 2, last_insert_id: 2 })
    expect(await exec('CREATE TABLE u (a INTEGER PRIMARY KEY, b UNIQUE)')).toEqual(none)
    expect(await exec('UPDATE t SET b = 3 WHERE a = 2')).toEqual({ rows_affected: 1, last_insert_id: 0 })
    expect(await exec('INSERT OR IGNORE INTO t VALUES (2, 9)')).toEqual(none)
    const put = 'INSERT INTO t (b) VALUES (?) ON CONFLICT DO UPDATE SET b = b + 10'
    expect(await exec(put, [3])).toEqual({ rows_affected: 1, last_insert_id: 0 })
    expect(await exec(put, [4])).toEqual({ rows_affected: 1, last_insert_id: 3 })
    expect(await exec('INSERT INTO u (a, b) VALUES (3, 1) ON CONFLICT DO NOTHING')).toEqual({
      rows_affected: 1,
      last_insert_id: 3,
    })
    expect(await exec('DELETE FROM t')).toEqual({ rows_affected: 3, last_insert_id: 0 })
    expect(await exec('DROP TABLE t')).toEqual(none)
  })

  it('answers what RETURNING asks for, as much as may be, and does it all', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b)')
    expect(await exec('INSERT INTO t (b) VALUES (1), (2) RETURNING a, b * 2 AS twice')).toEqual({
      rows_affected: 2,
      last_insert_id: 2,
      columns: ['a', 'twice'],
      rows: [
        [1, 2],
        [2, 4],
      ],
      truncated: false,
    })
    const many = `INSERT INTO t (b) SELECT value FROM json_each(?) RETURNING a`
    const list = [Array.from({ length: 150 }, (_, n) => n)]
    const inserted = await exec(many, list)
    expect(inserted).toMatchObject({ rows_affected: 150, truncated: true })
    expect(inserted.rows).toHaveLength(100)
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[152]])
  })

  it('keeps what is written, with every kind of value', async () => {
    const { query, exec } = ask(aTarget())
    expect(await exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b)')).toEqual({ rows_affected: 0, last_insert_id: 0 })
    expect(await exec('INSERT INTO t (b) VALUES (?), (?), (?)', ['ä🧵', 1.5, null])).toEqual({
      rows_affected: 3,
      last_insert_id: 3,
    })
    await exec('INSERT INTO t (b) VALUES (?), (?), (?)', [true, { x: [1] }, 9007199254740993n])
    await exec("INSERT INTO t (b) VALUES (x'00ff')")
    expect(await query('SELECT a, b, typeof(b) AS kind FROM t')).toEqual({
      columns: ['a', 'b', 'kind'],
      rows: [
        [1, 'ä🧵', 'text'],
        [2, 1.5, 'real'],
        [3, null, 'null'],
        [4, 1, 'integer'],
        [5, '{"x":[1]}', 'text'],
        [6, '9007199254740993', 'integer'],
        [7, 'AP8=', 'blob'],
      ],
      truncated: false,
    })
  })

  it.each([
    'CREATE TABLE u (a)',
    'CREATE TABLE IF NOT EXISTS t (a)',
    'CREATE INDEX i ON t (a)',
    'CREATE UNIQUE INDEX i ON t (a) WHERE a > 3',
    'CREATE VIEW v AS SELECT a FROM t',
    'CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 1; DELETE FROM t WHERE a = 2; END;',
    "CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'porter')",
    'CREATE TABLE u AS SELECT * FROM t',
    'ALTER TABLE t ADD COLUMN c',
    'ALTER TABLE t RENAME COLUMN a TO c',
    'ALTER TABLE t DROP COLUMN b',
    'ALTER TABLE t RENAME TO u',
    'DROP TABLE t',
    'INSERT INTO t SELECT 1, 2 RETURNING a',
    'WITH x AS (SELECT 3 AS a) INSERT INTO t SELECT a, a FROM x',
    'REPLACE INTO t VALUES (1, 1)',
    '/* a comment; with a semicolon */ DELETE FROM t -- and another; one',
    "UPDATE t SET b = ';''\"; --' ;",
  ])('takes %s', async (statement) => {
    const { exec } = ask(aTarget())
    await exec('CREATE TABLE t (a, b)')
    await expect(exec(statement)).resolves.toHaveProperty('rows_affected')
  })

  it('finds text with full-text search, and shows the schema', async () => {
    const { query, exec } = ask(aTarget())
    await exec('CREATE VIRTUAL TABLE f USING fts5(a)')
    await exec('INSERT INTO f VALUES (?), (?)', ['the loom', 'the cycle'])
    expect(
      (await query("SELECT highlight(f, 0, '[', ']') FROM f WHERE f MATCH ? ORDER BY bm25(f)", ['loom'])).rows,
    ).toEqual([['the [loom]']])
    expect((await query("SELECT name FROM sqlite_schema WHERE name = 'f'")).rows).toEqual([['f']])
    await exec('DROP TABLE f')
    expect((await query('SELECT count(*) FROM sqlite_master')).rows).toEqual([[0]])
  })

  it('reads an empty database where there is no file, and makes none', async () => {
    const target = aTarget()
    await expect(ask(target).query('SELECT * FROM t')).rejects.toThrow('no such table: t')
    expect((await ask(target).query('VALUES (1)')).rows).toEqual([[1]])
    expect(readdirSync(dir).filter((name) => target.file.endsWith(name))).toEqual([])
  })

  it('stops at as many rows and bytes as asked for', async () => {
    const { query } = ask(aTarget())
    const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'
    const few = await query(many, [], { limits: { ...limits, maxRows: 3 } })
    expect(few).toEqual({ columns: ['i'], rows: [[1], [2], [3]], truncated: true })
    const small = await query(many, [], { limits: { ...limits, maxBytes: 20 } })
    expect(small).toMatchObject({ rows: [[1], [2]], truncated: true })
    const all = await query(`${many} LIMIT 3`, [], { limits: { ...limits, maxRows: 3 } })
    expect(all).toMatchObject({ rows: [[1], [2], [3]], truncated: false })
  })

  it('does not let the file grow past its limit', async () => {
    const { query, exec } = ask(aTarget({ maxFileBytes: 100_000 }))
    await exec('CREATE TABLE t (a)')
    await exec('INSERT INTO t VALUES (zeroblob(50000))')
    await expect(exec('INSERT INTO t VALUES (zeroblob(50000))')).rejects.toThrow('as large as it may be')
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[1]])
  })
})

/** Processes start, and files are opened, at the pace of the machine. */
describe('a file that was written to', { timeout: 60_000 }, () => {
  it('stays open for the next statement, without keeping others from it', async () => {
    const target = aTarget()
    const { exec, query } = ask(target)
    await exec('CREATE TABLE t (a)')
    expect(existsSync(`${target.file}-wal`)).toBe(true)
    const transaction = await sandbox.begin(target, { timeoutMs: 5000 })
    await transaction.exec({ statement: 'INSERT INTO t VALUES (1)', limits })
    await transaction.commit(5000)
    await Promise.all([2, 3, 4].map((value) => exec('INSERT INTO t VALUES (?)', [value])))
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[4]])
  })

  it('is made anew where it was removed', async () => {
    const target = aTarget()
    const { exec, query } = ask(target)
    await exec('CREATE TABLE t (a)')
    for (const suffix of ['', '-wal', '-shm']) rmSync(target.file + suffix, { force: true })
    await exec('CREATE TABLE t (b)')
    expect((await query('SELECT b FROM t')).rows).toEqual([])
    await sandbox.letGoOf(target.file)
    for (const suffix of ['', '-wal', '-shm']) rmSync(target.file + suffix, { force: true })
    await exec('CREATE TABLE t (c)')
    expect((await query('SELECT c FROM t')).rows).toEqual([])
  })

  it('is never another’s, however many take turns', async () => {
    const targets = Array.from({ length: 12 }, (_, i) => aTarget({ owner: `owner ${i}` }))
    for (const [i, target] of targets.entries()) await ask(target).exec(`CREATE TABLE only_${i} (a)`)
    for (let round = 0; round < 3; round++) {
      await Promise.all(targets.map((target, i) => ask(target).exec(`INSERT INTO only_${i} VALUES (${round})`)))
    }
    for (const [i, target] of targets.entries()) {
      const { rows } = await ask(target).query("SELECT name FROM sqlite_schema WHERE type = 'table'")
      expect(rows).toEqual([[`only_${i}`]])
      expect((await ask(target).query(`SELECT count(*) FROM only_${i}`)).rows).toEqual([[3]])
    }
  })

  it('is as it was after a statement that failed or was killed', async () => {
    const target = aTarget()
    const { exec, query } = ask(target)
    await exec('CREATE TABLE t (a UNIQUE)')
    await exec('INSERT INTO t VALUES (1)')
    await expect(exec('INSERT INTO t VALUES (2), (1)')).rejects.toThrow('UNIQUE')
    const killed = expect(exec(ENDLESS_WRITE)).rejects.toThrow('nothing of it was kept')
    await hasWritten(target)
    await clock.fire(limits.timeoutMs)
    await killed
    await exec('INSERT INTO t VALUES (3)')
    expect((await query('SELECT a FROM t ORDER BY a')).rows).toEqual([[1], [3]])
  })
})

describe('killing', () => {
  it('stops an endless query while another goes on', async () => {
    const stopped = expect(
      ask(aTarget()).query(ENDLESS, [], { limits: { ...limits, timeoutMs: 300 } }),
    ).rejects.toThrow('took longer than 300 ms and was stopped')
    const { query, exec } = ask(aTarget({ owner: 'other' }))
    await exec('CREATE TABLE t (a)')
    await exec('INSERT INTO t VALUES (7)')
    expect((await query('SELECT a FROM t')).rows).toEqual([[7]])
    await clock.fire(300)
    await stopped
  })

  it('undoes what a killed statement had done', async () => {
    const target = aTarget()
    const { query, exec } = ask(target)
    await exec('CREATE TABLE t (a)')
    await exec('INSERT INTO t VALUES (1)')
    const killed = expect(exec(ENDLESS_WRITE)).rejects.toThrow('nothing of it was kept')
    await hasWritten(target)
    await clock.fire(limits.timeoutMs)
    await killed
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[1]])
    await exec('INSERT INTO t VALUES (2)')
  })

  it('stops as soon as nobody wants the answer', async () => {
    const gone = new AbortController()
    const target = aTarget()
    const { exec } = ask(target)
    await exec('CREATE TABLE t (a)')
    const stopped = expect(exec(ENDLESS_WRITE, [], { signal: gone.signal })).rejects.toThrow('was cancelled')
    await hasWritten(target)
    gone.abort()
    await stopped
  })

  it('lets one owner have a part of the workers only', async () => {
    const short = { limits: { ...limits, timeoutMs: 600 } }
    const endless = Array.from({ length: 6 }, () => ask(aTarget({ owner: 'greedy' })).query(ENDLESS, [], short))
    const all = Promise.allSettled(endless)
    expect((await ask(aTarget({ owner: 'modest' })).query('SELECT 1')).rows).toEqual([[1]])
    for (const _ of endless) await clock.fire(600)
    const messages = (await all).map((one) => (one.status === 'rejected' ? one.reason.message : 'not refused'))
    expect(messages.filter((message) => message.includes('too many other statements'))).toHaveLength(4)
    expect(messages.filter((message) => message.includes('took longer than 600 ms'))).toHaveLength(2)
  })

  it('stops a statement that takes too much memory', async () => {
    const small = createSqlSandbox({
      clock,
      snapshotDir: join(dir, 'small'),
      maxRssBytes: 160 * 1024 * 1024,
    })
    const statement =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(DISTINCT hex(randomblob(2000))) FROM n'
    await expect(small.query(aTarget(), { statement, limits })).rejects.toThrow('took too much memory')
    await small.close()
  })

  it('answers a newcomer while everybody else’s statements never end', async () => {
    const busy = createSqlSandbox({ clock, snapshotDir: join(dir, 'busy'), shareMs: 100 })
    const gone = new AbortController()
    const endless = Array.from({ length: 4 }, (_, i) =>
      busy.query(aTarget({ owner: `endless ${i}` }), { statement: ENDLESS, limits, signal: gone.signal }),
    )
    const all = Promise.allSettled(endless)
    const answer = busy.query(aTarget({ owner: 'newcomer' }), { statement: 'SELECT 1', limits })
    await clock.fire(100)
    expect((await answer).rows).toEqual([[1]])
    gone.abort()
    const messages = (await all).map((one) => (one.status === 'rejected' ? one.reason.message : 'not refused'))
    expect(messages.filter((message) => message.includes('because others were waiting'))).toHaveLength(1)
    await busy.close()
  })

  it('stops the largest when all of them together take too much memory, and the rest goes on', async () => {
    const MiB = 1024 * 1024
    const tight = createSqlSandbox({
      clock,
      snapshotDir: join(dir, 'tight'),
      maxRssBytes: 2000 * MiB,
      maxTotalBytes: 100 * MiB,
    })
    const growing =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(DISTINCT hex(randomblob(2000))) FROM n'
    const gone = new AbortController()
    const patient = { ...limits, timeoutMs: 60_000 }
    const small = tight.query(aTarget({ owner: 'small' }), { statement: ENDLESS, limits: patient, signal: gone.signal })
    const stopped = expect(small).rejects.toThrow('was cancelled')
    const large = tight.query(aTarget({ owner: 'large' }), { statement: growing, limits: patient })
    await expect(large).rejects.toThrow('took too much memory together')
    gone.abort()
    await stopped
    await tight.close()
  })

  it.runIf(process.platform === 'linux')('leaves no statement running when the runtime itself is killed', async () => {
    const target = aTarget()
    const script = `
      import { createSqlSandbox } from ${JSON.stringify(join(import.meta.dirname, 'sql-sandbox.ts'))}
      import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../clock.ts'))}
      const limits = { timeoutMs: 60000, maxRows: 1, maxBytes: 100 }
      const target = ${JSON.stringify(target)}
      const sandbox = createSqlSandbox({ clock: systemClock, snapshotDir: '/nowhere/snapshots' })
      await sandbox.exec(target, { statement: 'CREATE TABLE t (a)', limits })
      await sandbox.exec(target, { statement: ${JSON.stringify(ENDLESS_WRITE)}, limits })`
    const runtime = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    await hasWritten(target)
    const [worker] = readFileSync(`/proc/${runtime.pid}/task/${runtime.pid}/children`, 'utf8').trim().split(' ')
    expect(existsSync(`/proc/${worker}`)).toBe(true)
    runtime.kill('SIGKILL')
    await expect.poll(() => existsSync(`/proc/${worker}`), { timeout: 10_000 }).toBe(false)
  })

  it.runIf(process.platform === 'linux')('keeps what the runtime has in its environment from its workers', async () => {
    const script = `
      import { createSqlSandbox } from ${JSON.stringify(join(import.meta.dirname, 'sql-sandbox.ts'))}
      import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../clock.ts'))}
      const sandbox = createSqlSandbox({ clock: systemClock, snapshotDir: '/nowhere/snapshots' })
      const limits = { timeoutMs: 60000, maxRows: 1, maxBytes: 100 }
      await sandbox.query({ file: '/nowhere', owner: 'me' }, { statement: 'SELECT 1', limits })
      console.log('asked')`
    const runtime = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SOME_API_KEY: 'tulip-and-rose' },
    })
    await once(runtime.stdout, 'data')
    const [worker] = readFileSync(`/proc/${runtime.pid}/task/${runtime.pid}/children`, 'utf8').trim().split(' ')
    const environment = (pid: unknown) => readFileSync(`/proc/${pid}/environ`, 'utf8')
    expect(environment(runtime.pid)).toContain('tulip-and-rose')
    expect(environment(worker)).not.toContain('tulip-and-rose')
    runtime.kill('SIGKILL')
  })

  it('lets go of workers that have nothing to do', async () => {
    const lazy = createSqlSandbox({ clock, snapshotDir: join(dir, 'lazy'), idleMs: 77_777 })
    const query = () => lazy.query(aTarget(), { statement: 'SELECT 1', limits })
    await query()
    await clock.fire(77_777)
    expect((await query()).rows).toEqual([[1]])
    await lazy.close()
  })
})

describe('escape', () => {
  const other = join(dir, 'other-scope.db')
  const secret = new DatabaseSync(other)
  secret.exec("CREATE TABLE secret (word TEXT); INSERT INTO secret VALUES ('hidden')")
  secret.close()

  afterEach(() => {
    expect(readdirSync(dir).filter((name) => name.startsWith('escaped'))).toEqual([])
  })

  const escaped = join(dir, 'escaped.db')
  it.each([
    [`ATTACH DATABASE '${other}' AS o`, /ATTACH/],
    [`attach '${other}' as o`, /ATTACH/],
    [`/**/ATTACH '${escaped}' AS o`, /ATTACH/],
    ['DETACH main', /DETACH/],
    ['PRAGMA table_list', /PRAGMA/],
    ['PRAGMA writable_schema = ON', /PRAGMA/],
    ['PRAGMA query_only = 0', /PRAGMA/],
    ['PRAGMA trusted_schema=1', /PRAGMA/],
    ['VACUUM', /VACUUM/],
    [`VACUUM INTO '${escaped}'`, /VACUUM/],
    ['REINDEX', /REINDEX/],
    ['ANALYZE', /ANALYZE/],
    ['EXPLAIN SELECT 1', /EXPLAIN/],
    ['BEGIN', /transactions have ops/],
    ['COMMIT', /transactions have ops/],
    ['SAVEPOINT x', /transactions have ops/],
    ['SELECT 1; SELECT 2', /more than one statement/],
    ['SELECT 1;;SELECT 2', /more than one statement/],
    ["SELECT ';'; DROP TABLE t", /more than one statement/],
    ["SELECT '''; --'; DROP TABLE t", /more than one statement/],
    [`SELECT 1 /* ; */; ATTACH '${other}' AS o`, /more than one statement/],
    ['CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t', /more than one statement/],
    ["SELECT 'unfinished", /line 1, column 8: .*unterminated string literal/],
    ['SELECT "unfinished', /line 1, column 8: .*unterminated quoted identifier/],
    ['SELECT 1\nFROM (SELECT 2', /line 2, column 15: incomplete input; missing "\)"/],
    ['UTTER nonsense', /line 1, column 1: near "UTTER": syntax error/],
    [`SELECT ${'+ 1'.repeat(50_000)}`, /nested too deeply/],
    [`SELECT '${'x'.repeat(300_000)}'`, /longer than 262144 characters/],
    ['SELECT 1\0; DROP TABLE t', /NUL character/],
    ['', /is empty/],
    [' ; -- nothing', /is empty/],
    ["SELECT load_extension('x')", /function load_extension is not open/],
    ['SELECT "load_extension"(\'x\')', /function load_extension is not open/],
    ['SELECT LOAD_EXTENSION(?)', /function LOAD_EXTENSION is not open/],
    ["SELECT readfile('/etc/passwd')", /function readfile is not open/],
    ["SELECT writefile('/tmp/x', 'y')", /function writefile is not open/],
    ["SELECT edit('x')", /function edit is not open/],
    ["SELECT fts3_tokenizer('simple')", /function fts3_tokenizer is not open/],
    ['SELECT sqlite_compileoption_get(1)', /function sqlite_compileoption_get is not open/],
    ["SELECT sqlite_log(1, 'x')", /function sqlite_log is not open/],
    ["SELECT * FROM pragma_table_info('t')", /no table or view "pragma_table_info"/],
    ["SELECT * FROM 'pragma_database_list'", /no table or view "pragma_database_list"/],
    ['SELECT file FROM pragma_database_list FULL JOIN (SELECT NULL AS file) AS x USING (file)', /pragma_database_list/],
    ['SELECT 1 FROM dbstat NATURAL JOIN (SELECT 1 AS pageno) AS x', /no table or view "dbstat"/],
    ['SELECT sql FROM temp.sqlite_schema FULL JOIN (SELECT NULL AS sql) AS x USING (sql)', /temp\.sqlite_schema/],
    ["SELECT 1 WHERE 'x' IN pragma_database_list", /no table or view "pragma_database_list"/],
    ["SELECT 1 WHERE 'x' IN pragma_table_info('t')", /no table or view "pragma_table_info"/],
    ['WITH x AS (SELECT 1) SELECT * FROM x WHERE EXISTS (SELECT 1 FROM dbstat)', /no table or view "dbstat"/],
    ['SELECT (WITH dbstat AS (SELECT 1) SELECT 2), (SELECT count(*) FROM dbstat)', /no table or view "dbstat"/],
    ['SELECT * FROM [pragma_function_list]', /no table or view "pragma_function_list"/],
    ['SELECT * FROM dbstat', /no table or view "dbstat"/],
    ['SELECT * FROM sqlite_temp_master', /no table or view "sqlite_temp_master"/],
    ['SELECT * FROM temp.sqlite_schema', /no table or view/],
    ['SELECT * FROM secret', /no such table/],
    [`SELECT * FROM "${other}"`, /no such table/],
    [`SELECT * FROM "file:${other}".secret`, /no table or view/],
    ['DELETE FROM t', /changes data, and this only reads/],
    ['WITH x AS (SELECT 1) DELETE FROM t', /DELETE changes data, and this only reads/],
    ['INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING', /changes data/],
  ])('refuses the query %j', async (statement, reason) => {
    const { exec, query } = ask(aTarget())
    await exec('CREATE TABLE t (a)')
    await expect(query(statement, statement.includes('?') ? ['x'] : [])).rejects.toThrow(reason)
  })

  it.each([
    [`ATTACH '${other}' AS o`, /ATTACH/],
    ['PRAGMA journal_mode = DELETE', /PRAGMA/],
    [`VACUUM INTO '${escaped}'`, /VACUUM/],
    ['CREATE TEMP TABLE x (a)', /CREATE TEMP TABLE is not open here/],
    ['CREATE TEMP VIEW t AS SELECT 1', /is not open here/],
    ['CREATE TABLE temp.t (a)', /no table or view "temp.t"/],
    ['CREATE TEMPORARY TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END', /is not open here/],
    ['INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)', /sqlite_master/],
    ["UPDATE sqlite_schema SET sql = 'x'", /sqlite_(master|schema)/],
    ['DELETE FROM sqlite_master', /sqlite_master/],
    ['CREATE VIRTUAL TABLE x USING fts4(a)', /virtual tables of the kind fts4/],
    ['CREATE VIRTUAL TABLE x USING dbstat(main)', /virtual tables of the kind dbstat/],
    ['CREATE VIRTUAL TABLE x USING fts3tokenize(simple)', /virtual tables of the kind fts3tokenize/],
    [`CREATE VIRTUAL TABLE x USING csv(filename='${other}')`, /csv/],
    ["INSERT INTO f_data VALUES (1, 'x')", /f_data may not be modified/],
    ["CREATE VIEW x AS SELECT load_extension('x'); SELECT * FROM x", /more than one statement/],
    ['CREATE INDEX x ON t (load_extension(a))', /load_extension/],
    ['SELECT 1', /only reads/],
  ])('refuses the change %j', async (statement, reason) => {
    const { exec } = ask(aTarget())
    await exec('CREATE TABLE t (a)')
    await exec('CREATE VIRTUAL TABLE f USING fts5(a)')
    await expect(exec(statement)).rejects.toThrow(reason)
  })

  it('does not run what is hidden in a view, a trigger or a default of the file', async () => {
    const target = aTarget()
    const { exec, query } = ask(target)
    const file = new DatabaseSync(target.file)
    file.exec(`CREATE TABLE t (a); CREATE TABLE d (a, b DEFAULT (load_extension('x')));
      CREATE VIEW v AS SELECT load_extension('x') AS a;
      CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT load_extension('x'); END`)
    file.close()
    await expect(query('SELECT * FROM v')).rejects.toThrow('load_extension')
    await expect(exec('INSERT INTO t VALUES (1)')).rejects.toThrow('load_extension')
    await expect(exec('INSERT INTO d (a) VALUES (1)')).rejects.toThrow('load_extension')
  })

  it.each([
    "CREATE VIEW v AS SELECT load_extension('x') AS a",
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT load_extension('x'); END",
    'CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO t SELECT file FROM pragma_database_list; END',
    'CREATE VIEW v AS SELECT file FROM pragma_database_list FULL JOIN (SELECT NULL AS file) AS x USING (file)',
    'CREATE TABLE u AS SELECT 1 FROM dbstat NATURAL JOIN (SELECT 1 AS pageno)',
    'WITH dbstat AS (SELECT 1) INSERT INTO t SELECT 1 RETURNING (SELECT count(*) FROM dbstat)',
    "CREATE TABLE u (a CHECK (load_extension('x')))",
  ])('does not let it be hidden there: %s', async (statement) => {
    const { exec } = ask(aTarget())
    await exec('CREATE TABLE t (a)')
    await expect(exec(statement)).rejects.toThrow(/function load_extension is not open|no table or view "/)
  })

  it('knows every table that SQLite brings with it', async () => {
    const own = new DatabaseSync(':memory:')
    const names = own
      .prepare("SELECT name FROM pragma_module_list UNION SELECT 'pragma_' || name FROM pragma_pragma_list")
      .all() as { name: string }[]
    const brought = names.filter(({ name }) => {
      try {
        return own.prepare(`SELECT * FROM ${name}`)
      } catch {
        return false
      }
    })
    expect(brought.length).toBeGreaterThan(30)
    for (const { name } of brought.filter(({ name }) => !name.startsWith('json_'))) {
      await expect(ask(aTarget()).query(`SELECT 1 FROM ${name} NATURAL JOIN (SELECT 1 AS x)`), name).rejects.toThrow(
        `no table or view "${name}"`,
      )
    }
  })

  it('closes recursive queries where that is wanted', async () => {
    await expect(ask(aTarget({ recursive: false })).query(ENDLESS)).rejects.toThrow('recursive queries are not open')
  })
})

describe('views over a file that is not one’s own', () => {
  const file = join(dir, 'shared.db')
  const shared = new DatabaseSync(file)
  shared.exec(`CREATE TABLE cards (tenant TEXT, title TEXT);
    INSERT INTO cards VALUES ('a''s', 'mine'), ('b', 'theirs');
    CREATE TABLE keys (word TEXT); INSERT INTO keys VALUES ('hidden')`)
  shared.close()
  const mine = ask({
    file,
    owner: 'me',
    views: [
      { name: 'cards', select: `SELECT title FROM main.cards WHERE tenant = ${textLiteral("a's")}` },
      { name: 'words', select: 'SELECT 1 AS one' },
    ],
  })

  it('shows what the views show', async () => {
    expect(await mine.query('SELECT * FROM cards')).toMatchObject({ columns: ['title'], rows: [['mine']] })
    expect((await mine.query('SELECT count(*) FROM Cards, words')).rows).toEqual([[1]])
    expect((await mine.query('WITH c AS (SELECT title FROM cards) SELECT upper(title) FROM c')).rows).toEqual([
      ['MINE'],
    ])
    expect((await mine.query('WITH c AS (SELECT title FROM cards GROUP BY 1) SELECT count(*) FROM c')).rows).toEqual([
      [1],
    ])
    for (const counted of ['VALUES (1)', 'SELECT 1 UNION SELECT 1', 'SELECT title FROM cards LIMIT 1']) {
      expect((await mine.query(`WITH c AS MATERIALIZED (${counted}) SELECT count(*) FROM c`)).rows).toEqual([[1]])
    }
    expect((await mine.query("SELECT value FROM cards, json_each('[1,2]')")).rows).toEqual([[1], [2]])
  })

  it.each([
    'SELECT * FROM main.cards',
    'SELECT count(*) FROM main.cards',
    'SELECT rowid FROM main.cards',
    'SELECT * FROM keys',
    'SELECT count(*) FROM keys',
    'SELECT 1 FROM keys',
    // Inside a WITH, SQLite takes the name of the WITH for who is asking.
    'WITH cards AS (SELECT * FROM main.cards) SELECT * FROM cards',
    'WITH words AS (SELECT * FROM keys) SELECT * FROM words',
    'WITH words AS (SELECT count(*) FROM keys) SELECT * FROM words',
    'WITH cards AS (SELECT count(*) FROM main.keys) SELECT * FROM cards',
    'WITH x AS (SELECT count(*) FROM main.cards) SELECT * FROM x',
    'SELECT * FROM (SELECT * FROM keys) AS words',
    'SELECT 1 FROM main.cards, words',
    'SELECT EXISTS (SELECT 1 FROM main.cards)',
    'SELECT (SELECT word FROM keys) FROM cards',
    'SELECT * FROM cards WHERE title IN keys',
    'SELECT title FROM cards UNION SELECT word FROM keys',
    'SELECT title FROM cards ORDER BY (SELECT word FROM keys)',
    'SELECT sql FROM sqlite_master',
    'SELECT sql FROM temp.sqlite_master',
    'SELECT sql FROM sqlite_temp_schema',
    'SELECT * FROM "main"."keys"',
    'SELECT * FROM [main].[keys]',
    'SELECT * FROM `main`.`keys`',
    "SELECT * FROM 'main'.'keys'",
  ])('refuses %s', async (statement) => {
    await expect(mine.query(statement)).rejects.toThrow(/no table or view "[\w.]+" that this statement may read/)
  })

  it('changes nothing', async () => {
    for (const statement of [
      'DELETE FROM cards',
      'DROP VIEW cards',
      'CREATE TABLE x (a)',
      'INSERT INTO keys VALUES (1)',
    ]) {
      await expect(mine.exec(statement)).rejects.toThrow()
      await expect(mine.query(statement)).rejects.toThrow('only reads')
    }
  })
})

describe('transactions', () => {
  it('keeps all or nothing, level by level', async () => {
    const target = aTarget()
    const { query, exec } = ask(target)
    await exec('CREATE TABLE t (a)')
    const add = (a: number) => tx.exec({ statement: 'INSERT INTO t VALUES (?)', args: [a], limits })
    const tx = await sandbox.begin(target, limits)
    await add(1)
    expect(await tx.savepoint(1000)).toBe(2)
    await add(2)
    expect((await tx.query({ statement: 'SELECT count(*) FROM t', limits })).rows).toEqual([[2]])
    expect((await query('SELECT count(*) FROM t')).rows).toEqual([[0]])
    expect(await tx.rollback(1000)).toBe(1)
    expect(await tx.savepoint(1000)).toBe(2)
    await add(3)
    expect(await tx.commit(1000)).toBe(1)
    expect(await tx.commit(1000)).toBe(0)
    expect((await query('SELECT a FROM t')).rows).toEqual([[1], [3]])
    await expect(add(4)).rejects.toThrow('the transaction is over')
  })

  it('does one thing at a time when asked for several', async () => {
    const target = aTarget()
    const tx = await sandbox.begin(target, limits)
    await tx.exec({ statement: 'CREATE TABLE t (a)', limits })
    await Promise.all([1, 2, 3].map((a) => tx.exec({ statement: 'INSERT INTO t VALUES (?)', args: [a], limits })))
    await tx.commit(1000)
    expect((await ask(target).query('SELECT a FROM t')).rows).toEqual([[1], [2], [3]])
  })

  it('is undone as a whole when a statement in it is killed, or when it is abandoned', async () => {
    const target = aTarget()
    const { query, exec } = ask(target)
    await exec('CREATE TABLE t (a)')
    const one = await sandbox.begin(target, limits)
    await one.exec({ statement: 'INSERT INTO t VALUES (1)', limits })
    const killed = expect(one.query({ statement: ENDLESS, limits })).rejects.toThrow(
      'whole transaction was rolled back',
    )
    await clock.fire(limits.timeoutMs)
    await killed
    expect(one.isOpen).toBe(false)
    const two = await sandbox.begin(target, limits)
    await two.exec({ statement: 'INSERT INTO t VALUES (2)', limits })
    two.abandon()
    expect((await query('SELECT a FROM t')).rows).toEqual([])
  })

  it('are not all one owner’s', async () => {
    const shared = createSqlSandbox({ clock, snapshotDir: join(dir, 'shared'), maxReserved: 2 })
    const tx = await shared.begin(aTarget(), limits)
    await expect(shared.begin(aTarget(), limits)).rejects.toThrow('1 transactions of yours are open already')
    const other = await shared.begin(aTarget({ owner: 'other' }), limits)
    tx.abandon()
    other.abandon()
    await shared.close()
  })

  it('has only so many open at once', async () => {
    const narrow = createSqlSandbox({ clock, snapshotDir: join(dir, 'narrow'), maxReserved: 1 })
    const tx = await narrow.begin(aTarget(), limits)
    await expect(narrow.begin(aTarget(), limits)).rejects.toThrow('1 transactions are open already')
    await tx.rollback(1000)
    const next = await narrow.begin(aTarget(), limits)
    next.abandon()
    await narrow.close()
  })
})
