import type { Statement } from '../../ground/db/statement.ts'
import type { ProviderFailure } from '../../models/providers/provider.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { CompactionRow } from '../log/log-event.ts'
import { isLive } from '../rows/run-record.ts'
import { recordTotals } from '../rows/runs.ts'
import { dropWish, type Wish } from '../rows/wishes.ts'
import { type CompactionSettings, compactionSettings } from './compaction-cut.ts'
import { type FallBack, fallBack, fallBackAside } from './fall-back.ts'
import { fitted } from './fit.ts'
import type { History } from './history.ts'
import type { HistoryMessage } from './history-message.ts'
import { CompactionError, summarise } from './summarise.ts'
import { estimateTokens } from './tokens.ts'
import { answerLimit, fitOf, fullness, type RunWindow, toSend, windowOf } from './window.ts'
import type { WorkingRun } from './working-run.ts'

export type CompactionTrigger = NonNullable<CompactionRow['context_compaction']['trigger']>

export interface CompactionOutcome {
  compacted: boolean
  /** Estimated. */
  beforeTokens: number
  afterTokens: number
}

export interface CompactionNeed {
  /** The model takes no more than this, so as much is replaced as that takes. */
  into?: RunWindow
}

/** Compacts when the window fills up, or the agent has asked for it. Failing at it does not keep the run from going on. */
export async function compactIfDue(run: WorkingRun, answering: ResolvedModel, window: RunWindow): Promise<void> {
  const wish = run.control.compact
  const trigger = triggerOf(run, window, wish)
  if (!trigger) return
  run.compactionTriedAt = run.record.turns
  try {
    await compact(run, trigger, answering, wish)
  } catch (error) {
    if (!(error instanceof CompactionError)) throw error
    // Whoever interrupted it knows; they want the run to do something else.
    if (run.control.turn.aborted) return
    const told = { type: 'error', error: `The conversation could not be compacted: ${error.message}` } as const
    await run.append([told], [recordTotals(run.record.id, run.record.totals), ...grant(run, wish)])
  }
}

/** Replaces the older part of the conversation by a summary, unless there is nothing to replace. */
export async function compact(
  run: WorkingRun,
  trigger: CompactionTrigger,
  answering: ResolvedModel,
  wish: Pick<Wish, 'id'> | undefined,
  need: CompactionNeed = {},
): Promise<CompactionOutcome> {
  const { record } = run
  const window = need.into ?? (await windowOf(run, answering))
  const beforeTokens = estimateTokens(toSend(run, window))
  const takeOver = isLive(record)
    ? (failed: ResolvedModel, failure: ProviderFailure) => fallBack(run, failed, failure)
    : undefined
  const event = await summarised(run, trigger, answering, need, takeOver)
  const granted = grant(run, wish)
  if (!event) {
    if (granted.length > 0) await run.deps.db.write(granted)
    return { compacted: false, beforeTokens, afterTokens: beforeTokens }
  }
  await run.append([event], [recordTotals(record.id, record.totals), ...granted])
  return { compacted: true, beforeTokens, afterTokens: event.context_compaction.after_tokens ?? 0 }
}

/** It has been tried, whatever came of it. */
function grant({ control }: WorkingRun, wish: Pick<Wish, 'id'> | undefined): Statement[] {
  control.compact = undefined
  return wish ? [dropWish(wish.id)] : []
}

/**
 * The event that would replace the older part, to be stored by the caller; undefined where nothing is to be replaced. The
 * run stays with its model unless somebody says who takes over where that fails.
 */
export async function summarised(
  run: WorkingRun,
  trigger: CompactionTrigger,
  answering: ResolvedModel,
  { into }: CompactionNeed = {},
  takeOver: FallBack = fallBackAside(run),
): Promise<CompactionRow | undefined> {
  const { history, deps } = run
  const settings = settingsOf(run)
  const window = into ?? (await windowOf(run, answering))
  const found = history.findSpan({ ...settings, must: into !== undefined }, window.room, toSend(run, window))
  if (!found) return undefined
  const summary = deps.redact.text(await summarise(run, answering, found.span, settings, window, takeOver))
  const measure = (messages: readonly HistoryMessage[]) => estimateTokens(fitted(messages, fitOf(run, window)))
  return compactionEvent(history, { summary, kept: found.kept, settings, trigger }, measure)
}

export function compactionEvent(
  history: History,
  how: { summary: string; kept: number; settings: CompactionSettings; trigger: CompactionTrigger },
  measure: (messages: readonly HistoryMessage[]) => number = estimateTokens,
): CompactionRow {
  const { summary, kept, settings, trigger } = how
  const event: CompactionRow = {
    type: 'context_compaction',
    context_compaction: {
      summary,
      before_tokens: measure(history.messages),
      keep_n: settings.keepLastN,
      keep_first: settings.keepFirst,
      trigger,
    },
    fold: { messages: history.messages.length, kept },
  }
  event.context_compaction.after_tokens = measure(history.compactedBy(event).messages)
  return event
}

function triggerOf(run: WorkingRun, window: RunWindow, wish: Wish | undefined): CompactionTrigger | undefined {
  if (wish) return wish.text === 'manual' ? 'manual' : 'self'
  return isFull(run, window) && !wasJustTried(run) ? 'auto' : undefined
}

function isFull(run: WorkingRun, window: RunWindow): boolean {
  const { enabled, autocompactAtPct } = settingsOf(run)
  if (!enabled) return false
  const { used, of } = fullness(run, window)
  return (
    used * 100 >= of * autocompactAtPct || (!window.isGuess && used + (answerLimit(run, window) ?? 0) > window.tokens)
  )
}

/** A turn that does not fit whatever is done about the rest would otherwise have every turn compacted. */
function wasJustTried(run: WorkingRun): boolean {
  const { history, record, compactionTriedAt } = run
  if (history.turnsSinceCompaction !== undefined && history.turnsSinceCompaction < 2) return true
  return compactionTriedAt !== undefined && record.turns < compactionTriedAt + 2
}

function settingsOf({ agent, record }: WorkingRun): CompactionSettings {
  return compactionSettings(agent.compaction, record.options.compaction)
}
