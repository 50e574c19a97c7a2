import { type WholeAnswer, wholeAnswer } from '../../models/providers/ask.ts'
import { type ModelRequest, ProviderFailure } from '../../models/providers/provider.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import { addUsage } from '../rows/run-record.ts'
import { countTreeUsage } from '../rows/trees.ts'
import { isHard } from '../usage/token-limits.ts'
import { askSettings } from './ask-settings.ts'
import type { CompactionSettings } from './compaction-cut.ts'
import type { FallBack } from './fall-back.ts'
import type { HistoryMessage } from './history-message.ts'
import { problemWithSummary } from './summary-check.ts'
import { summaryRequest } from './summary-request.ts'
import { estimateTokens } from './tokens.ts'
import type { RunWindow } from './window.ts'
import type { WorkingRun } from './working-run.ts'

/** The summary could not be had; the conversation is as it was. */
export class CompactionError extends Error {
  override name = 'CompactionError'
  /** The word for it, where there is one. */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}

/**
 * A summary that can stand for these messages, of the model that the agent names for that, of its own where that one
 * fails, and of whatever may take over from there.
 */
export async function summarise(
  run: WorkingRun,
  answering: ResolvedModel,
  span: readonly HistoryMessage[],
  settings: CompactionSettings,
  { room }: RunWindow,
  fallBack: FallBack,
): Promise<string> {
  const named = namedFor(run, answering, settings)
  for (let writer = named ?? answering; ; ) {
    const window = writer.model === answering.model ? room : (await run.deps.windows.of(writer)).tokens
    try {
      return await writtenBy(run, writer, span, settings, window)
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error
      if (run.control.turn.aborted) throw failed(run, error.message, error.code)
      const fallback = writer === named ? { kind: 'taken' as const, to: answering } : await fallBack(writer, error)
      if (fallback.kind === 'none')
        throw failed(run, [error.message, fallback.why].filter(Boolean).join('; '), error.code)
      writer = fallback.to
    }
  }
}

/** One that cannot stand for the messages is asked for once more, in other words. */
async function writtenBy(
  run: WorkingRun,
  writer: ResolvedModel,
  span: readonly HistoryMessage[],
  { targetPercentage }: CompactionSettings,
  window: number,
): Promise<string> {
  const { record, agent, deps } = run
  const hard = (await deps.tokenLimits.reached(record, writer.provider.id)).find(isHard)
  if (hard) throw new CompactionError(hard.message ?? 'A token limit is reached.', 'token_limit_exceeded')
  const options = { model: writer.model, agent: agent.name, runId: record.id, targetPercentage, window }
  const tokens = estimateTokens(span)
  const first = await answerTo(run, writer, summaryRequest(span, options))
  const problem = problemWithSummary(first, tokens)
  if (!problem) return first.text
  const second = await answerTo(run, writer, summaryRequest(span, { ...options, after: problem }))
  const still = problemWithSummary(second, tokens)
  if (!still) return second.text
  throw failed(run, `${writer.provider.id}: ${inWords[still]}`)
}

/** The model that an agent names for its summaries is one of the service that it began with. */
function namedFor(
  { record: { route, began } }: WorkingRun,
  { provider, model: usual }: ResolvedModel,
  { model }: CompactionSettings,
): ResolvedModel | undefined {
  const hasMoved = route?.now !== undefined && route.now.provider !== began?.provider
  return model && model !== usual && !hasMoved ? { provider, model } : undefined
}

const inWords = {
  empty: 'the summary was empty',
  refused: 'the model refused to write the summary',
  cut: 'the summary was cut off before its end',
  long: 'the summary was as long as what it was to stand for',
}

/** Throws `ProviderFailure`. */
async function answerTo(run: WorkingRun, writer: ResolvedModel, request: ModelRequest): Promise<WholeAnswer> {
  const { record, deps } = run
  const answer = await wholeAnswer(deps.askModel(writer, request, run.control.turn, askSettings(run, writer)))
  // Paid for, whatever comes of it.
  record.totals = addUsage(record.totals, answer.usage)
  const { tenantId, userId } = record
  const { statements, onCommit } = deps.ledger.book({
    ...{ tenantId, userId, agent: record.agent, runId: record.id, provider: writer.provider.id },
    ...{ model: answer.usage.model ?? request.model, asked: request.model, usage: answer.usage },
  })
  const ofTree = record.depth > 0 || run.isInTree ? [countTreeUsage(record.rootRunId, answer.usage, 1)] : []
  await deps.db.write([...statements, ...ofTree], onCommit)
  return { ...answer, text: answer.text.trim() }
}

function failed({ deps }: WorkingRun, cause: string, code?: string): CompactionError {
  return new CompactionError(deps.redact.text(cause), code)
}
