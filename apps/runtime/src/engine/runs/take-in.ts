import type { PromptSegment } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import type { Database } from '../../ground/db/database.ts'
import { UniqueError } from '../../ground/db/errors.ts'
import { findResult, type KeyedRequest, rememberResult } from '../../ground/idempotency/idempotency.ts'
import type { Caller } from '../../tools/caller.ts'
import { headSeq } from '../log/store.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'
import { saidBy, storeInput } from './send-input.ts'

/** The run that something said has come to, and the event of its log after which what becomes of it begins. */
export interface Reached {
  run: RunRecord
  afterSeq: number
  /** Where it was there before, the input it takes in. */
  inputId?: string
}

/** Has a run that waits for its operator hear a message. */
export async function takeIn(
  ctx: AppContext,
  caller: Caller,
  run: RunRecord,
  segments: PromptSegment[],
  keyed: KeyedRequest | undefined,
): Promise<Reached> {
  const afterSeq = await headSeq(ctx.db, run.sessionId)
  const remember = (inputId: string, at: number) =>
    keyed ? [rememberResult(keyed, [run.id, afterSeq, inputId].join(' '), at)] : []
  try {
    const inputId = await storeInput(ctx, caller, run, saidBy(segments.filter(isSaid)), remember)
    return { run, afterSeq, inputId }
  } catch (error) {
    const twin = keyed && error instanceof UniqueError ? await findReached(ctx.db, keyed) : undefined
    if (!twin) throw error
    return twin
  }
}

/** What the same request reached before. */
export async function findReached(db: Database, keyed: KeyedRequest): Promise<Reached | undefined> {
  const [runId, afterSeq, inputId] = (await findResult(db, keyed))?.split(' ') ?? []
  if (runId === undefined) return undefined
  const run = (await findRun(db, runId))!
  return inputId === undefined ? { run, afterSeq: run.firstSeq - 1 } : { run, afterSeq: Number(afterSeq), inputId }
}

function isSaid({ role }: PromptSegment): boolean {
  return role === 'user'
}
