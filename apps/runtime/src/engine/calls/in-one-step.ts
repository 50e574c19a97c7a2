import type { Kysely } from 'kysely'
import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import { execute } from '../../ground/db/execute.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import { keepAnswer } from '../../ground/idempotency/idempotency.ts'
import type { Caller, CallingRun } from '../../tools/caller.ts'
import type { LogEvent } from '../log/log-event.ts'
import { answerStartedCall } from '../rows/tool-calls.ts'

type Db = Kysely<Schema>

/** What a call did: its answer, and what a run that calls logs before it. */
export interface Outcome<T> {
  output: T
  events: LogEvent[]
}

/**
 * Works in one transaction. Where a run calls, the outcome is left there with the call, so that a process that dies right
 * after it has done everything, and one that dies before it nothing: a call without an answer may be made again.
 */
export async function inOneStep<T extends Outcome<unknown> | undefined>(
  { db, clock }: { db: Pick<Database, 'transaction'>; clock: Clock },
  { run, keyed }: Caller,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const outcome = await db.transaction(async (tx) => {
    const done = await work(tx)
    if (done && run) await leaveWithCall(tx, run, done)
    if (done) await keepAnswer(tx, keyed, done.output, clock.now())
    return done
  })
  if (outcome) run?.attach(outcome.events, [])
  return outcome
}

async function leaveWithCall(tx: Db, { id, toolUseId }: CallingRun, { output, events }: Outcome<unknown>) {
  await execute(tx, answerStartedCall(id, toolUseId, { text: JSON.stringify(output), events }))
}
