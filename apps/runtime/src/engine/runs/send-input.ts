import { type InputBody, type PromptSegment, RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { rememberAnswer } from '../../ground/idempotency/idempotency.ts'
import { newInputId } from '../../ground/ids.ts'
import type { Caller } from '../../tools/caller.ts'
import { attachedTo, toSegments, typedText } from '../log/log-event.ts'
import { normalized } from '../loop/segments.ts'
import { insertRunInput, type RunInput } from '../rows/run-inputs.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { findLiveRun } from './find-run.ts'

/** Stores what somebody says to a live run before answering; the run takes it in at its next boundary. */
export async function sendInput(ctx: AppContext, caller: Caller, runId: string, body: InputBody) {
  const said = saidBy(turnOf(body))
  const run = await findLiveRun(ctx.db, caller, runId)
  const answer = (inputId: string) => ({ run_id: run.id, delivered: true, input_id: inputId })
  const remember = (inputId: string, at: number) => rememberAnswer(caller.keyed, answer(inputId), at)
  return answer(await storeInput(ctx, caller, run, said, remember))
}

/** Stored together with what remembers it, or not at all. Answers with its id. */
export async function storeInput(
  { db, clock, engine, config, tokenLimits }: AppContext,
  caller: Caller,
  run: RunRecord,
  said: Said,
  remember: (inputId: string, at: number) => Statement[],
): Promise<string> {
  await tokenLimits.admit(run, run.provider ?? '')
  const now = clock.now()
  const input = {
    id: newInputId(),
    ...said,
    source: caller.door === 'webui' ? 'webui' : 'api',
    createdAt: now,
  } as const
  const insert = insertRunInput(run.tenantId, run.id, input, config.limits.inputQueue)
  try {
    await db.write([insert, ...remember(input.id, now)])
  } catch (error) {
    if (!(error instanceof NothingChangedError)) throw error
    await findLiveRun(db, caller, run.id)
    throw new RuntimeError(
      'input_queue_full',
      'This run has as much waiting input as it takes; try again when it has caught up.',
      { retry_after_s: 1 },
    )
  }
  engine.inputArrived(run.id)
  return input.id
}

/** The text first, and then what goes along with it. */
function turnOf({ text = '', segments = [] }: InputBody): PromptSegment[] {
  const along = segments.map(normalized)
  if (along.some(({ role }) => role !== 'user')) {
    throw new RuntimeError(
      'invalid_request',
      'segments must be of the role user: the instructions of a run are given when it is started',
    )
  }
  const typed = text.trim()
  return [...(typed === '' ? [] : toSegments(typed)), ...along]
}

/** In words, and as a turn where it is more than words. */
type Said = Pick<RunInput, 'text' | 'segments'>

export function saidBy(turn: PromptSegment[]): Said {
  const words = typedText(turn).trim()
  const attached = attachedTo(turn)
  if (words === '' && !attached?.images) throw new RuntimeError('empty_input', 'text must not be empty')
  return turn.length === 1 && turn[0]!.content.length === 1 && !attached
    ? { text: words }
    : { text: words, segments: turn }
}
