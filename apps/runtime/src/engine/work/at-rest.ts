import type { Clock } from '../../ground/clock.ts'
import type { SessionLog } from '../log/session-log.ts'
import { wroteFirst } from '../log/store.ts'
import { type GiveUpDependencies, giveUpCalls } from '../loop/give-up-calls.ts'
import { returnInputs } from '../loop/return-inputs.ts'
import { lastWord } from '../rows/last-word.ts'
import { deleteRunInputs } from '../rows/run-inputs.ts'
import { type RunRecord, turnsBefore } from '../rows/run-record.ts'
import { endRun, findRun, markParkedAfterFailure, type RunEnd } from '../rows/runs.ts'
import { touchSession } from '../rows/sessions.ts'
import { dropTurnWishes } from '../rows/wishes.ts'
import type { RunStates } from './run-states.ts'

export interface AtRestDependencies extends GiveUpDependencies {
  clock: Clock
  states: RunStates
  /** For whoever has the run as this record says; fails once another hand has it. */
  openLog(record: RunRecord): Promise<SessionLog>
  /** After a run has ended, however it did. May be called again for the same run after a crash. */
  onEnded(record: RunRecord): Promise<void>
}

/** Ends a run that is not in memory. False when somebody else wrote to it first; its row says what it is now. */
export async function endAtRest(deps: AtRestDependencies, record: RunRecord, how: RunEnd): Promise<boolean> {
  const { db, clock, openLog, states, onEnded } = deps
  const now = clock.now()
  const { events, statements, announce } = await giveUpCalls(deps, record.id, now)
  const unread = await returnInputs(db, record)
  const ending = [
    endRun(record.id, now, how, unread.count),
    ...unread.statements,
    deleteRunInputs(record.id),
    ...statements,
  ]
  try {
    const log = await openLog(record)
    await log.append(record.id, [...events, ...unread.events, lastWord(record, how)], ending)
    announce()
  } catch (error) {
    if (!wroteFirst(error)) throw error
    return false
  }
  const ended = await findRun(db, record.id)
  if (ended) states.publish(ended)
  if (ended) await onEnded(ended)
  return true
}

/** Parks a run that got nowhere, where somebody talks to it. False when somebody else wrote to it first. */
export async function parkAtRest(deps: AtRestDependencies, record: RunRecord, error: string): Promise<boolean> {
  const now = deps.clock.now()
  const { events, statements, announce } = await giveUpCalls(deps, record.id, now)
  const rest = {
    type: 'awaiting_input',
    awaiting_input: { since_turn: turnsBefore(record), stop_reason: 'error' },
  } as const
  const parking = [
    markParkedAfterFailure(record.id, now),
    dropTurnWishes(record.id),
    touchSession(record.sessionId, now),
    ...statements,
  ]
  try {
    const log = await deps.openLog(record)
    await log.append(record.id, [...events, { type: 'error', error }, rest], parking)
    announce()
  } catch (failure) {
    if (!wroteFirst(failure)) throw failure
    return false
  }
  return true
}
