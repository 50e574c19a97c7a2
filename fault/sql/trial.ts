import type { Violation } from '../fault.ts'
import { Random } from '../random.ts'
import { authorizerAlone, bareDatabase, bareSnapshot, refusalBeforeRunning, wholeSandbox } from './layers.ts'
import { viewColumns } from './own-rows.ts'
import { StatementMaker } from './statements.ts'
import { type Twins, tells } from './twins.ts'

export interface Tally {
  statements: number
  /** Of the copy alone. */
  answered: number
  /** By the parser. */
  refused: number
  /** What the parser let through and SQLite answered, on everybody's rows. */
  answeredOnAll: number
  /** What SQLite's authorizer alone would have let somebody learn. */
  pastAuthorizer: number
  violations: Violation[]
}

const shownViolations = 20
const shownOutcome = 200
/** Every so many go through all layers once more, as they are put together for a question. */
const together = 4

/** The statement of that number, whichever came before it. */
export function statementOf({ schema }: Pick<Twins, 'schema'>, seed: number, at: number): string {
  return new StatementMaker(new Random(seed * 1_000_003 + at), viewColumns, schema).make()
}

/** Asks statements of each layer alone and of all together, and compares what comes back where others' rows differ. */
export function trial(twins: Twins, { seed, from, to }: { seed: number; from: number; to: number }): Tally {
  const [file, twin] = twins.files
  const [snapshot] = twins.snapshots
  const copy = bareSnapshot(snapshot, twins.views)
  const all: [ReturnType<typeof bareDatabase>, ReturnType<typeof bareDatabase>] = [
    bareDatabase(file),
    bareDatabase(twin),
  ]
  const guarded = [authorizerAlone(file), authorizerAlone(twin)] as const
  const whole = wholeSandbox(snapshot, twins.views)
  const tally: Tally = { statements: 0, answered: 0, refused: 0, answeredOnAll: 0, pastAuthorizer: 0, violations: [] }
  for (let at = from; at < to; at++) {
    const statement = statementOf(twins, seed, at)
    const complain = (what: string) => {
      if (tally.violations.length < shownViolations)
        tally.violations.push({ case: `${seed}@${at}`, what: `${what}: ${statement}` })
    }
    const answer = copy(statement)
    if (!answer.startsWith('refused')) tally.answered++
    if (tells(answer)) complain('the copy tells of somebody else')

    const refusal = refusalBeforeRunning(statement)
    if (refusal === undefined) {
      let [one, other] = [all[0](statement), all[1](statement)]
      // About once in a million the words of an error come out garbled; rows would differ every time.
      if (one !== other && !tells(one) && !tells(other)) [one, other] = [all[0](statement), all[1](statement)]
      if (!one.startsWith('refused')) tally.answeredOnAll++
      if (one !== other || tells(one)) {
        const [mine, theirs] = [one, other].map((outcome) => outcome.slice(0, shownOutcome))
        complain(`the parser lets something of somebody else through, as "${mine}" beside "${theirs}"`)
      }
    } else {
      tally.refused++
      if (tells(refusal)) complain('the refusal tells of somebody else')
    }

    const one = guarded[0](statement)
    if (!one.startsWith('refused') && (tells(one) || one !== guarded[1](statement))) tally.pastAuthorizer++

    if (at % together === 0) {
      const last = whole(statement)
      if (tells(last)) complain('all together tell of somebody else')
      if (refusal !== undefined && !last.startsWith('refused')) complain('what the parser refuses is answered')
    }
    tally.statements++
  }
  return tally
}
