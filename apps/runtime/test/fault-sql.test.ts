import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizerAlone, bareDatabase, bareSnapshot, refusalBeforeRunning } from '../../../fault/sql/layers.ts'
import { statementOf, type Tally, trial } from '../../../fault/sql/trial.ts'
import { makeTwins, type Twins, tells } from '../../../fault/sql/twins.ts'

let twins: Twins
beforeAll(async () => {
  twins = await makeTwins()
})
afterAll(() => twins.remove())

/** What was read past SQLite's authorizer: columns that USING and NATURAL name are read without a question. */
const past = [
  'SELECT value FROM main.memory FULL JOIN (SELECT NULL AS value) AS x USING (value)',
  'SELECT payload FROM main.events FULL JOIN (SELECT NULL AS payload) AS x USING (payload)',
  'SELECT 1 FROM main.memory NATURAL JOIN (SELECT \'{"m":"zqxmarked-value-0"}\' AS value) AS x',
]

describe('SQL that somebody wrote', () => {
  it('is asked of a copy with nothing of anybody else in it, to the byte', () => {
    expect(twins.complaints).toEqual([])
    expect(twins.schema.length).toBeGreaterThan(40)
  })

  it.each(past)('is stopped by the copy alone and by the parser alone: %s', (statement) => {
    const [file, twin] = twins.files
    const copy = bareSnapshot(twins.snapshots[0], twins.views)
    expect(tells(copy(statement))).toBe(false)
    expect(copy(statement)).toContain('refused: no such table')
    expect(refusalBeforeRunning(statement)).toMatch(/no table or view "main\.(memory|events)"/)
    // The rows are there, and neither SQLite nor its authorizer would have kept them.
    expect(bareDatabase(file)(statement)).not.toBe(bareDatabase(twin)(statement))
    expect(authorizerAlone(file)(statement)).not.toBe(authorizerAlone(twin)(statement))
  })

  it('tells nothing of anybody else through any layer, whatever it is', () => {
    const tally: Tally = trial(twins, { seed: 1, from: 0, to: 4000 })
    expect(tally.violations).toEqual([])
    // It is no proof where hardly anything is answered.
    expect(tally.answered).toBeGreaterThan(1000)
    expect(tally.refused).toBeGreaterThan(1000)
    expect(tally.answeredOnAll).toBeGreaterThan(1000)
    expect(tally.pastAuthorizer).toBeGreaterThan(10)
  }, 120_000)

  it('is the same for the same seed', () => {
    expect([0, 1, 2].map((at) => statementOf(twins, 7, at))).toEqual([0, 1, 2].map((at) => statementOf(twins, 7, at)))
  })
})
