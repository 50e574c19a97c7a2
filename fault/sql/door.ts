import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Violation } from '../fault.ts'
import { fillWithOthers, schemaOf } from './marked-database.ts'
import { statementOf } from './trial.ts'
import { marks, tells } from './twins.ts'

const atOnce = 4

/** The same statements as somebody sends them: over HTTP, to a runtime whose database is full of others' rows. */
export async function throughTheDoor(
  seed: number,
  count: number,
): Promise<{ answered: number; violations: Violation[] }> {
  const runtime = await startRuntime({})
  try {
    const file = join(runtime.dataDir, 'loomcycle.db')
    fillWithOthers(file, marks[0])
    const schema = schemaOf(file)
    const violations: Violation[] = []
    let answered = 0
    let next = 0
    const ask = async () => {
      for (let at = next++; at < count; at = next++) {
        const sql = statementOf({ schema }, seed, at)
        const response = await fetch(`${runtime.url}/v1/_document`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ op: 'query_chunks', sql, args: (sql.match(/\?/g) ?? []).map(() => 'guess') }),
        })
        const text = await response.text()
        if (response.ok) answered++
        else if (response.status !== 422) violations.push({ case: `${seed}/${at}`, what: `${response.status}: ${sql}` })
        if (tells(text)) violations.push({ case: `${seed}/${at}`, what: `the answer tells of somebody else: ${sql}` })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, ask))
    // The rows are there, and this is how somebody who may see everything would find them.
    const db = new DatabaseSync(file, { readOnly: true })
    const { n } = db.prepare("SELECT count(*) AS n FROM memory WHERE value LIKE '%zqx%'").get() as { n: number }
    db.close()
    if (n === 0) violations.push({ case: 'rows', what: 'no rows of others were there' })
    return { answered, violations }
  } finally {
    await runtime.stop()
  }
}
