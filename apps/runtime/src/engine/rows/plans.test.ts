import { expect } from 'vitest'
import type { Database } from '../../ground/db/database.ts'
import { aliveInstances } from '../../ground/replicas/store.ts'
import { explained } from '../../testing/explained.ts'
import { onSqlite } from '../../testing/on-sqlite.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { listForsakenRuns, listHands, listUnsettledRuns, notAmong, silentSince } from './runs.ts'
import { listSpawningCalls } from './tool-calls.ts'
import { listWishesOf } from './wishes.ts'

const questions: Record<string, (db: Database) => Promise<unknown>> = {
  'runs that somebody has to work on': (db) => listUnsettledRuns(db, 'me', silentSince(0)),
  'runs of processes that are not there any more': (db) =>
    listUnsettledRuns(db, 'me', notAmong(aliveInstances({ sql: '?', parameters: [0] }))),
  'hands of a process': (db) => listHands(db, 'me'),
  'wishes of the runs of a process': (db) => listWishesOf(db, 'me'),
  'runs that nobody waits for': listForsakenRuns,
  'calls that wait for runs': listSpawningCalls,
}

onSqlite.each(Object.entries(questions))('%s are found without looking at those that rest', async (_, ask) => {
  const { asking, plan } = await explained(await tempDatabase())
  await ask(asking)
  expect(plan().filter((step) => /^SCAN (runs|tool_calls|r|t|c)\b/.test(step))).toEqual([])
})
