import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { memoryOps } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../../../engine/feeds/change-feed.ts'
import { systemClock } from '../../../ground/clock.ts'
import type { SqlMemorySettings } from '../../../ground/config/config.ts'
import { filesOf, scopeFile } from '../../../ground/sql-sandbox/scope-file.ts'
import { testStore } from '../../../testing/open-test-database.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { placed, userSqlOver, usualSettings } from '../../../testing/user-sql.ts'
import { serveOps } from '../../../tools/op-set.ts'
import { opTool } from '../../../tools/op-tool.ts'
import { aToolCaller, type SomeRun } from '../../../tools/testing/a-caller.ts'
import { callTool } from '../../../tools/testing/call-tool.ts'
import { createMemoryOps } from '../ops/index.ts'
import type { AuditOptions } from './audit.ts'
import { SqlMemory } from './sql-memory.ts'

/** Files are of SQLite alone. */
const inFiles = it.skipIf(testStore === 'postgres')
const noTable = (name: string) =>
  testStore === 'postgres' ? `relation "${name}" does not exist` : `no such table: ${name}`

describe('a database of an agent’s own', () => {
  it('keeps tables from call to call', async () => {
    const { exec, query } = await aSqlMemory()
    await exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)')
    const inserted = await exec('INSERT INTO t (a, b) VALUES (1, ?), (2, ?)', ['x', 2])
    expect(inserted).toMatchObject({ rows_affected: 2 })
    expect(await query('SELECT a, b FROM t WHERE b = ?', ['x'])).toEqual({
      columns: ['a', 'b'],
      rows: [[1, 'x']],
      truncated: false,
    })
  })

  it('is one for each scope, user, agent, run and tenant', async () => {
    const { as } = await aSqlMemory()
    const make = { op: 'sql_exec', statement: 'CREATE TABLE t (a INTEGER)' }
    const count = { op: 'sql_query', statement: 'SELECT count(*) FROM t' }
    for (const scope of ['agent', 'user', 'run']) await as({})({ ...make, scope })
    for (const [scope, other] of [
      ['agent', { agent: { name: 'reader' } }],
      ['user', { userId: 'bob' }],
      ['user', { userId: 'ada/../bob' }],
      ['run', { runId: 'r_2', rootRunId: 'r_2' }],
      ['agent', { tenantId: 'other' }],
    ] as const) {
      await expect(as(other)({ ...count, scope })).rejects.toThrow(noTable('t'))
    }
    // A sub-agent is part of its root run.
    expect(await as({ runId: 'r_9', rootRunId: 'r_1' })({ ...count, scope: 'run' })).toMatchObject({ rows: [[0]] })
  })

  it('is closed unless the agent’s sql_scopes open it', async () => {
    const { as } = await aSqlMemory()
    for (const op of ['sql_query', 'sql_exec', 'sql_begin', 'sql_commit', 'sql_rollback']) {
      const narrow = as({ agent: { sqlScopes: ['run'] } })
      await expect(narrow({ op, scope: 'user', statement: 'SELECT 1' })).rejects.toThrow(
        `${op}: the scope "user" is not open to SQL of agent writer; its setting sql_scopes would allow it`,
      )
      await expect(
        as({ agent: { sqlScopes: undefined } })({ op, scope: 'run', statement: 'SELECT 1' }),
      ).rejects.toThrow('sql_scopes would allow it')
    }
    await expect(as({})({ op: 'sql_query', scope: 'tenant', statement: 'SELECT 1' })).rejects.toThrow(
      'scope must be one of agent, user, run',
    )
    await expect(as({ userId: '' })({ op: 'sql_query', scope: 'user', statement: 'SELECT 1' })).rejects.toThrow(
      'needs a run that has a user',
    )
  })

  inFiles('cannot reach the file of another scope, whatever the statement says', async () => {
    const { as, exec, root } = await aSqlMemory()
    await exec('CREATE TABLE secret (word)')
    const place = { tenantId: 'default', scope: 'user' as const, scopeId: 'ada' }
    const file = scopeFile(root, place)
    expect(existsSync(file)).toBe(true)
    const bob = as({ userId: 'bob' })
    for (const statement of [
      `ATTACH '${file}' AS o`,
      `ATTACH 'file:${file}?mode=ro' AS o`,
      `VACUUM INTO '${file}.copy'`,
      `CREATE VIRTUAL TABLE x USING fts5(word, content='${file}')`,
    ]) {
      const answer = await bob({ op: 'sql_exec', scope: 'user', statement }).then(
        () => 'taken',
        () => 'refused',
      )
      // A table of full-text search may name any other of the same file; there is none of that name in it.
      if (answer === 'taken') {
        await expect(bob({ op: 'sql_query', scope: 'user', statement: 'SELECT * FROM x' })).rejects.toThrow()
      }
    }
    await expect(bob({ op: 'sql_query', scope: 'user', statement: 'SELECT * FROM secret' })).rejects.toThrow(
      'no such table',
    )
  })

  it('is read and changed within its limits', async () => {
    const { exec, query, as } = await aSqlMemory({ maxRows: 2, statementTimeoutMs: 5000, quotaBytes: 65_536 })
    await exec('CREATE TABLE t (a TEXT)')
    await exec("INSERT INTO t VALUES ('1'), ('2'), ('3')")
    expect(await query('SELECT a FROM t')).toEqual({ columns: ['a'], rows: [['1'], ['2']], truncated: true })
    const much = Array.from({ length: 4000 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex')).join('')
    const statement = placed('INSERT INTO t VALUES (?)')
    await expect(exec(statement, [much])).rejects.toThrow('raise sql_quota_bytes')
    const roomy = as({ agent: { sqlQuotaBytes: 1_000_000 } })
    await roomy({ op: 'sql_exec', scope: 'user', statement, args: [much] })
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
    await expect(query(endless, [], { timeout_ms: 100 })).rejects.toThrow('longer than 100 ms')
  })
})

describe('transactions', () => {
  it('keep or undo everything, level by level', async () => {
    const { exec, query, begin, commit, rollback } = await aSqlMemory()
    await exec('CREATE TABLE t (a TEXT)')
    expect(await begin()).toEqual({ ok: true, depth: 1 })
    await exec("INSERT INTO t VALUES ('1')")
    expect(await begin()).toEqual({ ok: true, depth: 2 })
    await exec("INSERT INTO t VALUES ('2')")
    expect((await query('SELECT a FROM t')).rows).toEqual([['1'], ['2']])
    expect(await rollback()).toEqual({ ok: true, depth: 1 })
    expect(await commit()).toEqual({ ok: true, depth: 0 })
    expect((await query('SELECT a FROM t')).rows).toEqual([['1']])
    await begin()
    await exec('DELETE FROM t')
    await rollback()
    expect((await query('SELECT a FROM t')).rows).toEqual([['1']])
    await expect(commit()).rejects.toThrow('sql_commit: no transaction is open; sql_begin opens one')
    await expect(rollback()).rejects.toThrow('no transaction is open')
  })

  it('go as deep as the limit and no deeper', async () => {
    const { begin, rollback } = await aSqlMemory({ maxTransactionDepth: 2 })
    await begin()
    await begin()
    await expect(begin()).rejects.toThrow('2 transactions are open one inside the other')
    await rollback()
    expect(await begin()).toEqual({ ok: true, depth: 2 })
  })

  it('are the run’s own: others see what is committed, and wait to write', async () => {
    const { exec, begin, commit, as } = await aSqlMemory()
    await exec('CREATE TABLE t (a TEXT)')
    await begin()
    await exec("INSERT INTO t VALUES ('1')")
    const other = as({ runId: 'r_2' })
    const count = { op: 'sql_query', scope: 'user', statement: 'SELECT count(*) FROM t' }
    expect(await other(count)).toMatchObject({ rows: [[0]] })
    const writing = other({ op: 'sql_exec', scope: 'user', statement: "INSERT INTO t VALUES ('2')" })
    await commit()
    await writing
    expect(await other(count)).toMatchObject({ rows: [[2]] })
  })

  it('are undone when they stay open for too long, and the run is told once', async () => {
    const waiting: (() => void)[] = []
    const clock = {
      now: () => 0,
      after: (_ms: number, callback: () => void) => {
        waiting.push(callback)
        return () => {}
      },
    }
    const { exec, query, begin } = await aSqlMemory({}, clock)
    await exec('CREATE TABLE t (a TEXT)')
    await begin()
    await exec("INSERT INTO t VALUES ('1')")
    waiting[0]!()
    await expect(exec("INSERT INTO t VALUES ('2')")).rejects.toThrow('the transaction was rolled back')
    expect((await query('SELECT a FROM t')).rows).toEqual([])
  })

  it('are undone when the run ends', async () => {
    const { exec, query, begin, memory } = await aSqlMemory()
    await exec('CREATE TABLE t (a TEXT)')
    await begin()
    await exec("INSERT INTO t VALUES ('1')")
    await memory.runEnded({ id: 'r_1', rootRunId: 'r_1', tenantId: 'default' })
    expect((await query('SELECT a FROM t')).rows).toEqual([])
  })
})

describe('databases', () => {
  it('of the scope run go with the root run, and others stay', async () => {
    const { as, memory, root } = await aSqlMemory()
    const ask = as({})
    const make = (scope: string) => ask({ op: 'sql_exec', scope, statement: 'CREATE TABLE t (a INTEGER)' })
    const look = (scope: string) => ask({ op: 'sql_query', scope, statement: 'SELECT a FROM t' })
    await make('run')
    await make('user')
    await memory.runEnded({ id: 'r_child', rootRunId: 'r_1', tenantId: 'default' })
    expect(await look('run')).toMatchObject({ rows: [] })
    await memory.runEnded({ id: 'r_1', rootRunId: 'r_1', tenantId: 'default' })
    if (testStore === 'sqlite') expect(readdirSync(join(root, 'default', 'run'))).toEqual([])
    await expect(look('run')).rejects.toThrow(noTable('t'))
    expect(await look('user')).toMatchObject({ rows: [] })
  })

  it('of runs that ended while nobody was there go at the next start', async () => {
    const { as, memory } = await aSqlMemory()
    const ask = (op: string, runId: string, statement: string) =>
      as({ runId, rootRunId: runId })({ op, scope: 'run', statement })
    for (const runId of ['r_live', 'r_gone']) await ask('sql_exec', runId, 'CREATE TABLE t (a INTEGER)')
    await memory.sweep(async (runId) => runId === 'r_live')
    expect(await ask('sql_query', 'r_live', 'SELECT a FROM t')).toMatchObject({ rows: [] })
    await expect(ask('sql_query', 'r_gone', 'SELECT a FROM t')).rejects.toThrow(noTable('t'))
  })

  inFiles('have a name of their own for every scope, however the names are written', () => {
    const file = (scopeId: string, tenantId = 't') => scopeFile('/root', { tenantId, scope: 'user', scopeId })
    const ids = ['a.b', 'a_b', 'a/b', '../b', 'A_b', 'ä', 'a'.repeat(300), 'a'.repeat(301), '', '\0', '..']
    expect(new Set(ids.map((id) => file(id))).size).toBe(ids.length)
    for (const id of ids) expect(file(id)).toMatch(/^\/root\/t\/user\/[\w-]*-[0-9a-f]{24}\.db$/)
    expect(file('a', '../x')).toMatch(/^\/root\/___x\/user\//)
    expect(file('a', 'x.y')).not.toBe(file('a', 'x_y'))
    expect(file('a', '')).toMatch(/^\/root\/default\/user\//)
    expect(file('a', '')).not.toBe(file('a', 'default'))
    expect(filesOf('f.db')).toEqual(['f.db', 'f.db-wal', 'f.db-shm'])
  })
})

describe('audit', () => {
  it('has every statement with who asked and what came of it', async () => {
    const { exec, query, begin, audit, as } = await aSqlMemory()
    await exec('CREATE TABLE t (a TEXT)')
    await exec('INSERT INTO t VALUES (?)', ['token-123'])
    await query('SELECT * FROM t')
    await begin()
    await query('SELECT * FROM absent').catch(() => {})
    await as({})({ op: 'sql_rollback', scope: 'user' })
    expect(await audit()).toMatchObject([
      { op: 'sql_exec', statement: 'CREATE TABLE t (a TEXT)', args: null, rows: 0, error: null },
      { op: 'sql_exec', statement: placed('INSERT INTO t VALUES (?)'), args: '["[hidden]"]', rows: 1 },
      { op: 'sql_query', statement: 'SELECT * FROM t', rows: 1, agent: 'writer', user_id: 'ada', run_id: 'r_1' },
      { op: 'sql_begin', statement: null, scope: 'user', scope_id: 'ada', tenant_id: 'default' },
      { op: 'sql_query', rows: null, error: noTable('absent') },
      { op: 'sql_rollback' },
    ])
  })

  it('has no statements where only metadata is wanted', async () => {
    const { exec, query, audit } = await aSqlMemory({ audit: 'metadata' })
    await exec('CREATE TABLE t (a TEXT)')
    await query("SELECT * FROM t WHERE a = 'x'", ['y']).catch(() => {})
    expect(await audit()).toMatchObject([
      { op: 'sql_exec', statement: null, args: null },
      { op: 'sql_query', statement: null, args: null, error: 'failed' },
    ])
  })
})

async function aSqlMemory(settings: Partial<SqlMemorySettings> = {}, clock = systemClock) {
  const db = await tempDatabase()
  const all: SqlMemorySettings = { ...usualSettings, ...settings }
  const { root, ...sql } = userSqlOver(db, all)
  const memory = new SqlMemory({ sql, clock, settings: all })
  const audit: AuditOptions = {
    db,
    clock,
    mode: all.audit,
    redact: (text) => text.replaceAll('token-123', '[hidden]'),
  }
  const limits = { memoryMaxValueBytes: 1000, memoryMaxScopeBytes: 1000 }
  const ops = createMemoryOps({ db, clock, feed: new ChangeFeed(), limits, sql: { memory, audit } })
  const tool = opTool(serveOps(memoryOps, ops, { sideEffects: 'state' }))
  const as =
    ({ agent, ...scope }: SomeRun = {}) =>
    async (input: unknown) => {
      const caller = aToolCaller({ ...scope, agent: { sqlScopes: ['agent', 'user', 'run'], ...agent } })
      return JSON.parse((await callTool(tool, input, caller)).text)
    }
  const ask = as()
  const user = { scope: 'user' }
  return {
    root,
    memory,
    as,
    exec: (statement: string, args?: unknown[]) => ask({ op: 'sql_exec', ...user, statement: placed(statement), args }),
    query: (statement: string, args?: unknown[], more: object = {}) =>
      ask({ op: 'sql_query', ...user, statement: placed(statement), args, ...more }),
    begin: () => ask({ op: 'sql_begin', ...user }),
    commit: () => ask({ op: 'sql_commit', ...user }),
    rollback: () => ask({ op: 'sql_rollback', ...user }),
    audit: () => db.read.selectFrom('sql_audit').selectAll().orderBy('n').execute(),
  }
}
