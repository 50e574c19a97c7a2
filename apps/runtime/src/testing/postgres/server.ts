import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../ground/db/postgres/migrator.ts'
import { startServer } from './start-server.ts'
import { wipe } from './wipe.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a Postgres server to test with, whose database `loomcycle_base` is migrated and empty. */
    postgresUrl: string
  }
}

const base = 'loomcycle_base'

/** Makes a server for the tests, unless one is given, and the database that those of the tests are copies of. */
export default async function setup(project: TestProject): Promise<() => void> {
  const given = process.env.LOOMCYCLE_TEST_PG_URL
  const server = given ? { url: given, stop() {} } : startServer(['fsync=off'])
  await makeBase(server.url)
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}

async function makeBase(url: string) {
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query(`drop database if exists ${base} with (force)`)
  await admin.query(`create database ${base} template template0 encoding 'UTF8'`)
  await admin.end()
  const dsn = databaseUrl(url, base)
  await migrate(dsn)
  const client = new pg.Client(dsn)
  await client.connect()
  await client.query(wipe)
  await client.end()
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
