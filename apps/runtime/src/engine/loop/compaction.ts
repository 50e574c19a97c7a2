import type { Statement } from '../../ground/db/commit-writer.ts'
import { ask, wholeAnswer } from '../../models/providers/ask.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { CompactionRow } from '../log/log-event.ts'
import { addUsage } from '../rows/run-record.ts'
import { recordTotals } from '../rows/runs.ts'
import { dropWish, type Wish } from '../rows/wishes.ts'
import { type CompactionSettings, compactionSettings, estimateTokens } from './compaction-cut.ts'
import type { History } from './history.ts'
import type { HistoryMessage } from './history-message.ts'
import { retrySettings } from './retry-settings.ts'
import { summaryRequest } from './summary-request.ts'
import type { WorkingRun } from './working-run.ts'

export type CompactionTrigger = NonNullable<CompactionRow['context_compaction']['trigger']>

export interface CompactionOutcome {
  compacted: boolean
  /** Estimated. */
  beforeTokens: number
  afterTokens: number
}

/** The summary could not be had; the conversation is as it was. */
export class CompactionError extends Error {
  override name = 'CompactionError'
}

/** Compacts when the window fills up, or the agent has asked for it. Failing at it does not keep the run from going on. */
export async function compactIfDue(run: WorkingRun, answering: ResolvedModel): Promise<void> {
  const wish = run.control.compact
  const trigger = triggerOf(run, answering, wish)
  if (!trigger) return
  run.compactionTriedAt = run.record.turns
  try {
    await compact(run, trigger, answering, wish)
  } catch (error) {
    if (!(error instanceof CompactionError)) throw error
    // Whoever interrupted it knows; they want the run to do something else.
    if (run.control.turn.aborted) return
    const told = { type: 'error', error: `The conversation could not be compacted: ${error.message}` } as const
    await run.append([told], grant(run, wish))
  }
}

/** Replaces the older part of the conversation by a summary, unless there is nothing to replace. */
export async function compact(
  run: WorkingRun,
  trigger: CompactionTrigger,
  answering: ResolvedModel,
  wish: Pick<Wish, 'id'> | undefined,
): Promise<CompactionOutcome> {
  const { history, record } = run
  const beforeTokens = estimateTokens(history.messages)
  const event = await summarised(run, trigger, answering)
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

/** The event that would replace the older part, to be stored by the caller; undefined where nothing is to be replaced. */
export async function summarised(
  run: WorkingRun,
  trigger: CompactionTrigger,
  answering: ResolvedModel,
): Promise<CompactionRow | undefined> {
  const { history, record, deps } = run
  const settings = settingsOf(run)
  const found = history.findSpan(settings, windowOf(run, answering))
  if (!found) return undefined
  const { text, usage } = await summarise(run, answering, found.span, settings)
  record.totals = addUsage(record.totals, usage)
  return compactionEvent(history, { summary: deps.redact.text(text), kept: found.kept, settings, trigger })
}

export function compactionEvent(
  history: History,
  how: { summary: string; kept: number; settings: CompactionSettings; trigger: CompactionTrigger },
): CompactionRow {
  const { summary, kept, settings, trigger } = how
  const event: CompactionRow = {
    type: 'context_compaction',
    context_compaction: {
      summary,
      before_tokens: estimateTokens(history.messages),
      keep_n: settings.keepLastN,
      keep_first: settings.keepFirst,
      trigger,
    },
    fold: { messages: history.messages.length, kept },
  }
  event.context_compaction.after_tokens = estimateTokens(history.compactedBy(event).messages)
  return event
}

function triggerOf(run: WorkingRun, answering: ResolvedModel, wish: Wish | undefined): CompactionTrigger | undefined {
  if (wish) return wish.text === 'manual' ? 'manual' : 'self'
  return isFull(run, answering) && !wasJustTried(run) ? 'auto' : undefined
}

function isFull(run: WorkingRun, answering: ResolvedModel): boolean {
  const { enabled, autocompactAtPct } = settingsOf(run)
  const window = windowOf(run, answering)
  const used = run.history.contextTokens?.used
  return enabled && window !== undefined && used !== undefined && used * 100 >= window * autocompactAtPct
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

function windowOf({ history }: WorkingRun, { provider, model }: ResolvedModel): number | undefined {
  return history.contextTokens?.max ?? provider.capabilities(model).contextWindow
}

async function summarise(
  run: WorkingRun,
  { provider, model: usual }: ResolvedModel,
  span: readonly HistoryMessage[],
  settings: CompactionSettings,
) {
  const { record, agent, control } = run
  const model = settings.model ?? usual
  const { targetPercentage } = settings
  const window = provider.capabilities(model).contextWindow
  const request = summaryRequest(span, { model, agent: agent.name, runId: record.id, targetPercentage, window })
  const signal = control.turn
  try {
    const { text, usage } = await wholeAnswer(ask(provider, request, signal, retrySettings(run)))
    if (text.trim() === '') throw new Error(`${provider.id}: the summary was empty`)
    return { text: text.trim(), usage }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new CompactionError(run.deps.redact.text(cause))
  }
}
