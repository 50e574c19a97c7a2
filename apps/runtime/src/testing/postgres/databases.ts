import { inject, onTestFinished } from 'vitest'
import { ask } from './ask.ts'
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
    await ask(
      url,
      `drop database if exists ${name} with (force)`,
      `create database ${name} template loomcycle_base strategy file_copy`,
    )
  }
  taken.set(file, name)
  return databaseUrl(url, name)
}

export async function releaseDatabase(file: string): Promise<void> {
  const name = taken.get(file)
  if (!name) return
  taken.delete(file)
  const url = inject('postgresUrl')
  await ask(url, `drop database if exists ${name}_sqlmem with (force)`)
  try {
    await ask(databaseUrl(url, name), 'select wipe()')
    free.push(name)
  } catch {
    // A test has done something to it that cannot be undone.
    await ask(url, `drop database ${name} with (force)`)
  }
}

/** One without a table; gone when the test is over. */
export async function emptyDatabase(): Promise<string> {
  const url = inject('postgresUrl')
  const name = `e${process.pid}_${made++}`
  await ask(url, `drop database if exists ${name} with (force)`, `create database ${name} template template0`)
  onTestFinished(async () => void (await ask(url, `drop database ${name} with (force)`)))
  return databaseUrl(url, name)
}

/** A database of its own for a test; empty, with all tables. */
export async function tempDsn(): Promise<string> {
  const name = `dsn ${made++}`
  onTestFinished(() => releaseDatabase(name))
  return takeDatabase(name)
}
