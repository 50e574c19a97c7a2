import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../ground/db/postgres/migrator.ts'
import { serverPrograms } from './programs.ts'
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
  const server = given ? { url: given, stop() {} } : startServer()
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

function startServer(): { url: string; stop(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-pg-'))
  const bin = serverPrograms(dir)
  // It refuses to be run by root.
  const user = process.getuid?.() === 0 ? nobody() : undefined
  if (user) chownSync(dir, user.uid, user.gid)
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] })
  const data = join(dir, 'data')
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const settings = ['listen_addresses=', `unix_socket_directories=${dir}`, 'fsync=off', 'max_connections=400']
  const options = settings.map((setting) => `-c ${setting}`).join(' ')
  run('pg_ctl', ['-D', data, '-o', options, '-l', join(dir, 'log'), '-w', 'start'])
  return {
    url: `socket:${dir}?db=postgres&user=postgres`,
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function nobody(): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  if (url.startsWith('socket:')) return url.replace(/db=\w+/, `db=${database}`)
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
