import pg from 'pg'
import { silence, type Telemetry } from '../../telemetry/telemetry.ts'
import type { Ask } from '../asking-dialect.ts'
import type { CommitTicks, Database } from '../database.ts'
import { StoreHealth } from '../health/store-health.ts'
import { Aside } from './aside.ts'
import { clientConfig, toParameter } from './client.ts'
import { commitOutcome } from './commit-outcome.ts'
import { CommitWriter } from './commit-writer.ts'
import { Connection } from './connection.ts'
import { storeFailure } from './errors.ts'
import { Hints } from './hints.ts'
import { kyselyOver } from './kysely-over.ts'
import { named, translated } from './translate.ts'

export interface PostgresOptions {
  dsn: string
  /** Of this process, all together: at most, and of those that read with nothing to do. */
  connections?: { most: number; idle: number }
  telemetry?: Pick<Telemetry, 'log'>
}

/** Connections that are not for reading: two for writing, one for hints, one to find out what has become of a commit. */
const others = 4
/** So many questions that may take long at once. */
const mostAside = 4
/** A server that does not answer a question for so long will not. */
const readTimeoutMs = 60_000
const probeTimeoutMs = 3_000
const lookEveryMs = 1_000

export async function openPostgres({
  dsn,
  connections = { most: 32, idle: 0 },
  telemetry = silence,
}: PostgresOptions): Promise<Database> {
  const health = new StoreHealth()
  const pool = new pg.Pool({
    ...clientConfig(dsn),
    max: Math.max(2, connections.most - others),
    min: Math.min(connections.idle, connections.most - others),
    query_timeout: readTimeoutMs,
  })
  pool.on('error', () => {})
  // Whoever asks hears of it.
  pool.on('connect', (client) => client.on('error', () => {}))
  const inquiries = new pg.Pool({
    ...clientConfig(dsn),
    max: 1,
    query_timeout: probeTimeoutMs,
    idleTimeoutMillis: 1_000,
  })
  inquiries.on('error', () => {})
  let isClosing = false
  let ticks: CommitTicks | undefined

  const failed = (error: unknown) => {
    const failure = storeFailure(error, 'read')
    health.failed(failure)
    return failure
  }
  const asked = (of: pg.Pool | pg.PoolClient, isKnown: boolean): Ask => {
    return async (sql, parameters) => {
      const statement = isKnown ? named(sql) : { text: translated(sql) }
      try {
        return await of.query({ ...statement, values: parameters.map(toParameter) })
      } catch (error) {
        throw failed(error)
      }
    }
  }
  const writerOf = () =>
    new CommitWriter({
      open: () => Connection.open(dsn),
      hasCommitted: (id, serverPid) => {
        telemetry.log(
          'warn',
          'the connection to the database was lost in a commit; finding out whether it has happened',
        )
        return commitOutcome(inquiries, { id, serverPid }, () => isClosing)
      },
      probe: () => inquiries.query('select 1'),
      ticks: () => ticks,
      failed: (error) => health.failed(error),
    })
  const writer = writerOf()
  const patient = writerOf()
  const hints = new Hints({
    dsn,
    telemetry,
    notify: (channel, payloads) =>
      pool.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads]),
  })
  const read = kyselyOver(asked(pool, false))
  const aside = new Aside({
    pool,
    health,
    failed,
    cancel: (serverPid) => inquiries.query('select pg_cancel_backend($1)', [serverPid]),
    atOnce: Math.max(1, Math.min(mostAside, Math.floor(pool.options.max / 3))),
  })
  const all = asked(pool, true)
  const prove = async () => {
    await writer.write([stamp])
    health.proved()
  }
  const watch = setInterval(() => {
    if (health.error) prove().catch(() => {})
  }, lookEveryMs).unref()
  return {
    home: { dsn },
    read,
    aside: (asker) => kyselyOver((sql, parameters) => aside.ask(sql, parameters, asker)),
    async atOneMoment(look) {
      const client = await pool.connect().catch((error: unknown) => {
        throw failed(error)
      })
      try {
        await client.query('begin isolation level repeatable read read only')
        return await look(kyselyOver(asked(client, false)))
      } finally {
        await client.query('rollback').catch(() => {})
        client.release()
      }
    },
    sql: read,
    write: (statements, onCommit, options) => (options?.patient ? patient : writer).write(statements, onCommit),
    transaction: (work) => writer.transaction(work),
    all: async <T>(sql: string, parameters: readonly unknown[]) => (await all(sql, parameters)).rows as T[],
    health,
    hints,
    shareTicks(shared) {
      ticks = shared
    },
    proveWritable: prove,
    // The server looks after its own files.
    checkIntegrity() {},
    async close() {
      isClosing = true
      clearInterval(watch)
      await hints.close()
      aside.close()
      await writer.close()
      await patient.close()
      await Promise.all([pool.end(), inquiries.end()])
    },
  }
}

/** Says nothing but that it can be written. */
const stamp = {
  sql: 'insert into store_stamp (id, n) values (1, 1) on conflict (id) do update set n = store_stamp.n + 1',
  parameters: [],
}
