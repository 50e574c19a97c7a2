import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { SandboxConnection } from './connection.ts'

const dir = mkdtempSync(join(tmpdir(), 'loomcycle-views-'))
/** The caller's view of a file, which shows one row of it. */
function aFile(name: string, hidden: string): SandboxConnection {
  const file = join(dir, name)
  const shared = new DatabaseSync(file)
  shared.exec(`CREATE TABLE cards (tenant TEXT, title TEXT); CREATE TABLE keys (title TEXT);
    CREATE VIEW leak AS SELECT title FROM keys; INSERT INTO cards VALUES ('a', 'mine'); ${hidden}`)
  shared.close()
  const views = [{ name: 'cards', select: "SELECT title FROM main.cards WHERE tenant = 'a'" }]
  return new SandboxConnection({ file, readOnly: true, recursive: true, views })
}

const full = aFile(
  'full.db',
  "INSERT INTO cards VALUES ('b', 'theirs'), ('b', 'theirs'); INSERT INTO keys VALUES ('hidden'), ('mine')",
)
const empty = aFile('empty.db', '')

afterAll(() => {
  full.close()
  empty.close()
  rmSync(dir, { recursive: true, force: true })
})

const table = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('cards', 'CARDS', 'temp.cards') },
  { weight: 1, arbitrary: fc.constantFrom('main.cards', 'keys', 'main.keys', 'leak', '"keys"') },
)
const name = fc.oneof({ weight: 2, arbitrary: fc.constant('cards') }, fc.constantFrom('keys', 'leak', 'x', 'main'))

/** SELECTs, however nested, over tables that may and may not be read, under names that look right. */
const { query } = fc.letrec<{ query: string; source: string; value: string }>((tie) => ({
  source: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    table,
    fc.tuple(tie('query'), name).map(([inner, alias]) => `(${inner}) AS ${alias}`),
    fc.tuple(tie('source'), tie('source')).map(([left, right]) => `${left} JOIN ${right}`),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', 'title', '*', 'count(*)'),
    tie('query').map((inner) => `(${inner})`),
    tie('query').map((inner) => `EXISTS (${inner})`),
    table.map((one) => `'mine' IN ${one}`),
  ),
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(tie('value'), tie('source')).map(([value, source]) => `SELECT ${value} FROM ${source}`),
    fc
      .tuple(name, tie('query'), tie('value'), tie('source'))
      .map(([as, inner, value, source]) => `WITH ${as} AS (${inner}) SELECT ${value} FROM ${source}`),
    fc.tuple(name, tie('query')).map(([as, inner]) => `WITH ${as} AS (${inner}) SELECT * FROM ${as}`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `SELECT * FROM (${a}) UNION ALL SELECT * FROM (${b})`),
    fc
      .tuple(tie('source'), tie('value'))
      .map(([source, value]) => `SELECT 1 FROM ${source} WHERE ${value} ORDER BY ${value}`),
  ),
}))

function outcomeOf(connection: SandboxConnection, statement: string): string {
  try {
    return JSON.stringify(connection.run({ mode: 'query', statement, args: [], maxRows: 50, maxBytes: 10_000 }))
  } catch (error) {
    return `refused: ${(error as Error).message}`
  }
}

it('never tell, by an answer or by a refusal, what is in rows that are not in the caller’s views', () => {
  let answered = 0
  fc.assert(
    fc.property(query, (statement) => {
      const outcome = outcomeOf(full, statement)
      expect(outcome).toBe(outcomeOf(empty, statement))
      if (!outcome.startsWith('refused')) answered++
    }),
    { numRuns: 1500 },
  )
  expect(answered).toBeGreaterThan(100)
})
