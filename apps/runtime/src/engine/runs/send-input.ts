import { type InputBody, type PromptSegment, RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { rememberAnswer } from '../../ground/idempotency/idempotency.ts'
import { newInputId } from '../../ground/ids.ts'
import type { Caller } from '../../tools/caller.ts'
import { attachedTo, toSegments, typedText } from '../log/log-event.ts'
import { normalized } from '../loop/segments.ts'
import { insertRunInput } from '../rows/run-inputs.ts'
import { findLiveRun } from './find-run.ts'

/** Stores what somebody says to a live run before answering; the run takes it in at its next boundary. */
export async function sendInput(ctx: AppContext, caller: Caller, runId: string, body: InputBody) {
  const { db, clock, engine, config } = ctx
  const said = turnOf(body)
  const run = await findLiveRun(db, caller, runId)
  const now = clock.now()
  const input = {
    id: newInputId(),
    ...said,
    source: caller.door === 'webui' ? 'webui' : 'api',
    createdAt: now,
  } as const
  const statements = [insertRunInput(run.tenantId, run.id, input, config.limits.inputQueue)]
  const answer = { run_id: run.id, delivered: true, input_id: input.id }
  statements.push(...rememberAnswer(caller.keyed, answer, now))
  try {
    await db.write(statements)
  } catch (error) {
    if (!(error instanceof NothingChangedError)) throw error
    await findLiveRun(db, caller, runId)
    throw new RuntimeError(
      'input_queue_full',
      'This run has as much waiting input as it takes; try again when it has caught up.',
      { retry_after_s: 1 },
    )
  }
  engine.inputArrived(run.id)
  return answer
}

/** What was said, in words, and as a turn where it is more than words. */
function turnOf({ text = '', segments = [] }: InputBody): { text: string; segments?: PromptSegment[] } {
  if (segments.some((segment) => segment.role !== 'user')) {
    throw new RuntimeError(
      'invalid_request',
      'segments must be of the role user: the instructions of a run are given when it is started',
    )
  }
  const typed = text.trim()
  const turn = [...(typed === '' ? [] : toSegments(typed)), ...segments.map(normalized)]
  const words = typedText(turn).trim()
  const attached = attachedTo(turn)
  if (words === '' && !attached?.images) throw new RuntimeError('empty_input', 'text must not be empty')
  return turn.length === 1 && turn[0]!.content.length === 1 && !attached
    ? { text: words }
    : { text: words, segments: turn }
}
