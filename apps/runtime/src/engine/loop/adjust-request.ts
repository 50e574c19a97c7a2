import type { RequestAdjustedEvent } from '@loomcycle/proto'
import type { Static } from 'typebox'
import { isCodeAgent } from '../../ground/config/code-agents.ts'
import type { ProviderFailure } from '../../models/providers/provider.ts'
import { type Refusal, readRefusal } from '../../models/providers/refusals.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { RequestAdjustedRow } from '../log/log-event.ts'
import { compact } from './compaction.ts'
import { fitted } from './fit.ts'
import { CompactionError } from './summarise.ts'
import { answerLimit, estimatedRequest, fitOf, fullness, type RunWindow, toSend, windowOf } from './window.ts'
import type { WorkingRun } from './working-run.ts'

type Adjustment = Static<typeof RequestAdjustedEvent>['request_adjusted']

/**
 * A request was refused for something that can be changed: changes it and notes that, so that the model can be asked
 * again, now or in the next turn. Once for each cause: false where it is not to be asked now.
 */
export async function adjustRequest(
  run: WorkingRun,
  answering: ResolvedModel,
  failure: ProviderFailure,
): Promise<boolean> {
  // What code says went wrong is in words of its own.
  if (isCodeAgent(run.agent)) return false
  const refusal = readRefusal(failure.message)
  if (!refusal) return false
  const { history } = run
  // Words are few bytes beside pictures.
  const isForPictures = refusal.cause === 'too_long' && refusal.inBytes && history.pictures > 0
  const meant: Refusal =
    isForPictures && !history.adjusted.has('unreadable_picture') ? { cause: 'unreadable_picture', all: false } : refusal
  if (history.adjusted.has(meant.cause)) return false
  const reason = run.deps.redact.text(failure.message)
  switch (meant.cause) {
    case 'too_long':
      return makeShorter(run, answering, meant, reason)
    case 'unreadable_picture':
      return leaveOutPictures(run, answering, meant, reason)
    case 'too_many_pictures':
      return leaveOutEarlierPictures(run, answering, meant, reason)
    case 'refused_thinking':
      return leaveOutThinking(run, answering, reason)
    case 'refused_words':
      return leaveOutWords(run, answering, reason)
    case 'refused_tools':
      return leaveOutTools(run, answering, reason)
  }
}

/** Says once what of a turn the model will not see, since whoever said it can see that it is all there. */
export async function noteShortened(run: WorkingRun, answering: ResolvedModel, window: RunWindow): Promise<void> {
  const { history } = run
  const last = history.messages.at(-1)
  if (last?.role !== 'user' || history.adjusted.has('said_too_long')) return
  const shown = toSend(run, window).at(-1)!
  if (!last.content.some((block, i) => block.type === 'text' && block !== shown.content[i])) return
  await note(run, answering, {
    cause: 'said_too_long',
    done: 'shortened',
    reason: `The model takes ${window.tokens} tokens, and what was said is longer than half of that; it is shown the beginning and the end.`,
  })
}

async function leaveOutPictures(
  run: WorkingRun,
  answering: ResolvedModel,
  { all }: Extract<Refusal, { cause: 'unreadable_picture' }>,
  reason: string,
): Promise<boolean> {
  const { history } = run
  if (history.pictures === 0) return false
  // Those before were answered to, by a model that could read them.
  const pictures = all || history.newPictures === 0 ? 'all' : 'new'
  await note(run, answering, { cause: 'unreadable_picture', done: 'left_out', reason, pictures })
  return true
}

/** The latest stay: it is they that are talked about. */
async function leaveOutEarlierPictures(
  run: WorkingRun,
  answering: ResolvedModel,
  { most = 1 }: Extract<Refusal, { cause: 'too_many_pictures' }>,
  reason: string,
): Promise<boolean> {
  const { pictures } = run.history
  if (pictures === 0) return false
  // A service that still finds them too many counts otherwise.
  const pictures_kept = Math.min(most, pictures - 1)
  await note(run, answering, { cause: 'too_many_pictures', done: 'left_out', reason, pictures_kept })
  return true
}

/** Without them there is nothing to ask for: the turn fails, and the next one does not. */
async function leaveOutWords(run: WorkingRun, answering: ResolvedModel, reason: string): Promise<false> {
  await note(run, answering, { cause: 'refused_words', done: 'left_out', reason })
  return false
}

async function leaveOutTools(run: WorkingRun, answering: ResolvedModel, reason: string): Promise<boolean> {
  if (run.tools.size === 0 || !run.history.takesTools(answering.provider.id, answering.model)) return false
  await note(run, answering, { cause: 'refused_tools', done: 'left_out', reason })
  return true
}

async function leaveOutThinking(run: WorkingRun, answering: ResolvedModel, reason: string): Promise<boolean> {
  if (!run.history.hasReasoningOf(answering.provider.id)) return false
  await note(run, answering, { cause: 'refused_thinking', done: 'left_out', reason })
  return true
}

/** Of what was sent without success, so much is tried where the service does not say what it takes. */
const lessShare = 0.7
/** So full is a window at most with what is asked for the second time. */
const fullShare = 0.9

async function makeShorter(
  run: WorkingRun,
  answering: ResolvedModel,
  { window: said, asked }: Extract<Refusal, { cause: 'too_long' }>,
  reason: string,
): Promise<boolean> {
  const { provider, model } = answering
  const before = await windowOf(run, answering)
  const sent = fullness(run, before)
  const estimated = estimatedRequest(run, toSend(run, before))
  const less = Math.floor(Math.min(estimated, before.room) * lessShare)
  // Our tokens are not the service's: what it counted says how many of them ours are.
  const ours = said && Math.floor(said * Math.min(1, estimated / (asked ?? Math.max(sent.used, said))))
  // What was sent fits by itself, so it is the answer that has no room beside it.
  const leavesNoAnswer = said !== undefined && asked !== undefined && asked <= said
  const room = ours === undefined ? less : leavesNoAnswer ? Math.min(ours, less) : ours
  if (said) run.deps.windows.refused(provider.id, model, said)
  const window: RunWindow = { tokens: said ?? room, isGuess: false, room: Math.max(room, 1) }
  const left = estimatedRequest(run, fitted(run.history.messages, fitOf(run, window)))
  const isCompacted = left > window.room * fullShare && (await compactToFit(run, answering, window))
  const isShorter = isCompacted || left < estimated || answerLimit(run, window) !== answerLimit(run, before)
  if (run.control.turn.aborted || !isShorter) return false
  await note(
    run,
    answering,
    {
      cause: 'too_long',
      done: isCompacted ? 'compacted' : 'shortened',
      reason,
      ...(said ? { max_context_tokens: said } : {}),
    },
    window.room,
  )
  return true
}

async function compactToFit(run: WorkingRun, answering: ResolvedModel, window: RunWindow): Promise<boolean> {
  try {
    return (await compact(run, 'auto', answering, undefined, { into: window })).compacted
  } catch (error) {
    if (!(error instanceof CompactionError)) throw error
    if (!run.control.turn.aborted) {
      await run.append([{ type: 'error', error: `The conversation could not be compacted: ${error.message}` }])
    }
    return false
  }
}

async function note(
  run: WorkingRun,
  { provider, model }: ResolvedModel,
  adjustment: Omit<Adjustment, 'provider' | 'model'>,
  room?: number,
): Promise<void> {
  const event: RequestAdjustedRow = {
    type: 'request_adjusted',
    request_adjusted: { ...adjustment, provider: provider.id, model },
    ...(room === undefined ? {} : { room }),
  }
  await run.append([event])
}
