import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark } from './benchmark.ts'
import { openConversation } from './conversation.ts'
import { residentMiB } from './resident.ts'

const sessions = 100_000

/** What conversations cost that wait for somebody, as most do most of the time. */
export const parked: Benchmark = {
  name: 'parked',
  async run() {
    const runtime = await startRuntime()
    try {
      const talk = await openConversation(runtime.url, 'demo')
      talk.leave()
      await runtime.kill()
      const alone = await start(runtime)
      await runtime.kill()
      multiply(join(runtime.dataDir, 'loomcycle.db'), talk.runId)
      const among = await start(runtime)
      const count = sessions.toLocaleString('en').replaceAll(',', ' ')
      return [
        atMost(`memory of ${count} parked sessions`, among.memory - alone.memory, 30, 'MB'),
        atMost(`start-up they add`, among.ms - alone.ms, 1000, 'ms'),
      ]
    } finally {
      await runtime.stop()
    }
  },
}

async function start(runtime: { restart(): Promise<void>; pid: number }) {
  const before = performance.now()
  await runtime.restart()
  const ms = performance.now() - before
  await sleep(2000)
  return { ms, memory: residentMiB(runtime.pid) }
}

/** Makes one parked conversation many, log included. */
function multiply(file: string, runId: string) {
  const db = new DatabaseSync(file)
  const columns = (table: string) =>
    db
      .prepare(`select name from pragma_table_info('${table}')`)
      .all()
      .map((row) => String(row.name))
  const copy = (table: string, changed: Record<string, string>, where: string) => {
    const values = columns(table).map((name) => changed[name] ?? `t.${name}`)
    return `insert into ${table} (${columns(table).join(', ')}) select ${values.join(', ')} from ${table} t, numbers where ${where}`
  }
  db.exec(
    `create temp table numbers as with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sessions}) select i from n`,
  )
  const session = `(select session_id from runs where id = '${runId}')`
  db.exec('begin')
  db.exec(copy('sessions', { id: `'s_' || i` }, `t.id = ${session}`))
  const run = { id: `'r_' || i`, session_id: `'s_' || i`, agent_id: `'a_' || i`, root_run_id: `'r_' || i` }
  db.exec(copy('runs', run, `t.id = '${runId}'`))
  db.exec(copy('events', { session_id: `'s_' || i`, run_id: `'r_' || i` }, `t.session_id = ${session} and t.seq <= 3`))
  db.exec('commit')
  db.close()
}
