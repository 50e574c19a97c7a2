import pg from 'pg'
import { inject } from 'vitest'
import { databaseUrl } from './server.ts'

const free: string[] = []
/** By the file it would be in SQLite: a process that starts again there has the same. */
const taken = new Map<string, string>()
let made = 0

/** An empty database, as long as nobody releases it. */
export async function takeDatabase(file: string): Promise<string> {
  const url = inject('postgresUrl')
  let name = taken.get(file) ?? free.pop()
  if (!name) {
    name = `t${process.pid}_${made++}`
    await say(url, [
      `drop database if exists ${name} with (force)`,
      `create database ${name} template loomcycle_base strategy file_copy`,
    ])
  }
  taken.set(file, name)
  return databaseUrl(url, name)
}

export async function releaseDatabase(file: string): Promise<void> {
  const name = taken.get(file)
  if (!name) return
  taken.delete(file)
  await say(databaseUrl(inject('postgresUrl'), name), [
    'select wipe()',
    `drop database if exists ${name}_sqlmem with (force)`,
  ])
  free.push(name)
}

async function say(url: string, statements: readonly string[]) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
