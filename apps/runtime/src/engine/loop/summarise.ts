import { ask, type WholeAnswer, wholeAnswer } from '../../models/providers/ask.ts'
import type { ModelRequest } from '../../models/providers/provider.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import { addUsage } from '../rows/run-record.ts'
import { countTreeUsage } from '../rows/trees.ts'
import { isHard } from '../usage/token-limits.ts'
import type { CompactionSettings } from './compaction-cut.ts'
import type { HistoryMessage } from './history-message.ts'
import { retrySettings } from './retry-settings.ts'
import { problemWithSummary } from './summary-check.ts'
import { summaryRequest } from './summary-request.ts'
import { estimateTokens } from './tokens.ts'
import type { RunWindow } from './window.ts'
import type { WorkingRun } from './working-run.ts'

/** The summary could not be had; the conversation is as it was. */
export class CompactionError extends Error {
  override name = 'CompactionError'
}

/** A summary that can stand for these messages. One that cannot is asked for once more, in other words. */
export async function summarise(
  run: WorkingRun,
  { provider, model: usual }: ResolvedModel,
  span: readonly HistoryMessage[],
  settings: CompactionSettings,
  { room }: RunWindow,
): Promise<string> {
  const { record, agent, deps } = run
  const model = (hasMoved(run) ? undefined : settings.model) ?? usual
  const window = model === usual ? room : (await deps.windows.of({ provider, model })).tokens
  const options = {
    model,
    agent: agent.name,
    runId: record.id,
    targetPercentage: settings.targetPercentage,
    window,
  }
  const hard = (await deps.tokenLimits.reached(record, provider.id)).find(isHard)
  if (hard) throw new CompactionError(hard.message)
  const tokens = estimateTokens(span)
  const answer = (request: ModelRequest) => answerTo(run, { provider, model }, request)
  const first = await answer(summaryRequest(span, options))
  const problem = problemWithSummary(first, tokens)
  if (!problem) return first.text
  const second = await answer(summaryRequest(span, { ...options, after: problem }))
  const still = problemWithSummary(second, tokens)
  if (!still) return second.text
  throw new CompactionError(`${provider.id}: ${inWords[still]}`)
}

/** The model that an agent names for its summaries is one of the service that it began with. */
function hasMoved({ record: { route, began } }: WorkingRun): boolean {
  return route?.now !== undefined && route.now.provider !== began?.provider
}

const inWords = {
  empty: 'the summary was empty',
  refused: 'the model refused to write the summary',
  cut: 'the summary was cut off before its end',
  long: 'the summary was as long as what it was to stand for',
}

async function answerTo(run: WorkingRun, { provider }: ResolvedModel, request: ModelRequest): Promise<WholeAnswer> {
  const { record, deps } = run
  try {
    const answer = await wholeAnswer(
      ask(provider, request, run.control.turn, retrySettings(run, { provider, model: request.model })),
    )
    // Paid for, whatever comes of it.
    record.totals = addUsage(record.totals, answer.usage)
    const { tenantId, userId } = record
    const { statements, onCommit } = deps.ledger.book({
      ...{ tenantId, userId, agent: record.agent, runId: record.id, provider: provider.id },
      ...{ model: answer.usage.model ?? request.model, asked: request.model, usage: answer.usage },
    })
    const ofTree = record.depth > 0 || run.isInTree ? [countTreeUsage(record.rootRunId, answer.usage, 1)] : []
    await deps.db.write([...statements, ...ofTree], onCommit)
    return { ...answer, text: answer.text.trim() }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new CompactionError(deps.redact.text(cause))
  }
}
