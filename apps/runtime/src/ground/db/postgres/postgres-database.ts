import pg from 'pg'
import { silence, type Telemetry } from '../../telemetry/telemetry.ts'
import type { Ask } from '../asking-dialect.ts'
import type { Database } from '../database.ts'
import { StoreHealth } from '../health/store-health.ts'
import { clientConfig, toParameter } from './client.ts'
import { commitOutcome } from './commit-outcome.ts'
import { CommitWriter } from './commit-writer.ts'
import { Connection } from './connection.ts'
import { storeFailure } from './errors.ts'
import { kyselyOver } from './kysely-over.ts'
import { statementName, translated } from './translate.ts'

export interface PostgresOptions {
  dsn: string
  /** All connections of this process together. */
  mostConnections?: number
  telemetry?: Pick<Telemetry, 'log'>
}

/** Connections that are not for reading: two for writing, one for hints, one to find out what has become of a commit. */
const others = 4
/** A server that does not answer a question for so long will not. */
const readTimeoutMs = 60_000
const probeTimeoutMs = 3_000
const lookEveryMs = 1_000

export async function openPostgres({
  dsn,
  mostConnections = 32,
  telemetry = silence,
}: PostgresOptions): Promise<Database> {
  const health = new StoreHealth()
  const pool = new pg.Pool({
    ...clientConfig(dsn),
    max: Math.max(2, mostConnections - others),
    query_timeout: readTimeoutMs,
  })
  pool.on('error', () => {})
  const asideOne = new pg.Pool({
    ...clientConfig(dsn),
    max: 1,
    query_timeout: probeTimeoutMs,
    idleTimeoutMillis: 1_000,
  })
  asideOne.on('error', () => {})
  let isClosing = false

  const failed = (error: unknown) => {
    const failure = storeFailure(error, 'read')
    health.failed(failure)
    return failure
  }
  const asked = (of: pg.Pool | pg.PoolClient, isKnown: boolean): Ask => {
    return async (sql, parameters) => {
      const text = translated(sql)
      const name = isKnown ? { name: statementName(text) } : {}
      try {
        return await of.query({ ...name, text, values: parameters.map(toParameter) })
      } catch (error) {
        throw failed(error)
      }
    }
  }
  const writerOf = () =>
    new CommitWriter({
      open: () => Connection.open(dsn),
      hasCommitted: async (id, serverPid) => {
        telemetry.log(
          'warn',
          'the connection to the database was lost in a commit; finding out whether it has happened',
        )
        return (await commitOutcome(asideOne, { id, serverPid }, () => isClosing)) ?? false
      },
      probe: () => asideOne.query('select 1'),
      failed: (error) => health.failed(error),
    })
  const writer = writerOf()
  const patient = writerOf()
  const read = kyselyOver(asked(pool, false))
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
    aside: () => read,
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
    proveWritable: prove,
    // The server looks after its own files.
    checkIntegrity() {},
    async close() {
      isClosing = true
      clearInterval(watch)
      await writer.close()
      await patient.close()
      await Promise.all([pool.end(), asideOne.end()])
    },
  }
}

/** Says nothing but that it can be written. */
const stamp = {
  sql: 'insert into store_stamp (id, n) values (1, 1) on conflict (id) do update set n = store_stamp.n + 1',
  parameters: [],
}
