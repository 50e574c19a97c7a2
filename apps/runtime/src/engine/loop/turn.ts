import type { Usage } from '@loomcycle/proto'
import { isCodeAgent } from '../../ground/config/code-agents.ts'
import { withinDepth } from '../../ground/json-depth.ts'
import type { ModelRequest, Provider, ProviderEvent, ProviderFailure } from '../../models/providers/provider.ts'
import { endsWithResult } from '../../models/providers/turns.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { Reasoning } from '../log/log-event.ts'
import { addUsage } from '../rows/run-record.ts'
import { recordTurn } from '../rows/runs.ts'
import { countTreeUsage } from '../rows/trees.ts'
import { credentialSource } from '../usage/ledger.ts'
import { askSettings } from './ask-settings.ts'
import { DeltaBuffer } from './delta-buffer.ts'
import { shownTo } from './history-message.ts'
import { mostCalls, nameOfCall } from './tool-calls.ts'
import { answerLimit, type RunWindow, toSend } from './window.ts'
import type { WorkingRun } from './working-run.ts'

/** How a model's turn ended. One that did not end by itself is left open: the caller closes it with what comes of it. */
export type TurnEnd =
  | { kind: 'ended' }
  | { kind: 'failed'; error: ProviderFailure }
  /** Stopped from outside; the run's control says what comes next. */
  | { kind: 'interrupted' }

type Done = Extract<ProviderEvent, { type: 'done' }>

/** Streams one turn of the model into the log, asking again where the service failed in a way that passes. */
export async function streamTurn(run: WorkingRun, answering: ResolvedModel, window: RunWindow): Promise<TurnEnd> {
  const { provider, model } = answering
  const signal = run.control.turn
  const turn = run.record.turns + 1
  const deltas = new DeltaBuffer(run.deps.clock, run.deps.redact.stream(), (delta) => run.stream(delta))

  const request = toRequest(run, provider.id, model, window)
  for await (const event of run.deps.askModel(answering, request, signal, askSettings(run, answering))) {
    if ('usage' in event && event.usage && event.type !== 'done') await payFor(run, answering, event.usage)
    if (signal.aborted) break
    switch (event.type) {
      case 'text':
      case 'thinking':
        deltas.push(event.type, event.text)
        await run.roomToWrite()
        break
      case 'text_was_thinking':
        deltas.endBlock()
        run.stream({ type: 'text_was_thinking' })
        break
      case 'tool_call': {
        deltas.endBlock()
        // One more than are made is kept, for the result that says so.
        if (run.history.callsOfThisTurn.length > mostCalls) break
        const id = run.history.uniqueCallId(event.id, turn)
        const input = run.deps.redact.json(withinDepth(event.input))
        run.stream({ type: 'tool_call', tool_use: { id, name: nameOfCall(event.name), input } })
        break
      }
      case 'retry': {
        deltas.endBlock()
        const { attempt, wait_ms, reason } = event
        run.stream({ type: 'retry', retry: { provider: provider.id, attempt, wait_ms, reason } })
        break
      }
      case 'done':
        deltas.endBlock()
        await finishTurn(run, answering, window, event)
        return { kind: 'ended' }
      case 'error':
        deltas.endBlock()
        return { kind: 'failed', error: event.error }
    }
  }

  deltas.endBlock()
  return { kind: 'interrupted' }
}

function toRequest(run: WorkingRun, provider: string, model: string, window: RunWindow): ModelRequest {
  const { agent, record } = run
  const maxTokens = answerLimit(run, window)
  const tools = run.history.takesTools(provider, model) ? [...run.tools.values()] : []
  return {
    model,
    agent: agent.name,
    runId: record.id,
    system: run.system,
    messages: shownTo(provider, toSend(run, window)),
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema,
    })),
    ...(maxTokens ? { maxTokens } : {}),
    ...(agent.effort ? { effort: agent.effort } : {}),
    sampling: { ...agent.sampling, ...record.options.sampling },
    ...(isCodeAgent(agent) ? { code: codeOf(run) } : {}),
  }
}

function codeOf({ agent, record }: WorkingRun): ModelRequest['code'] {
  const { agentId, tenantId, userId, startedAt, options } = record
  return {
    source: agent.code ?? '',
    agentId,
    tenantId,
    userId,
    startedAt,
    ...(options.metadata && { metadata: options.metadata }),
  }
}

/** What is signed is no good without a part of it. */
function keptReasoning(
  { deps }: WorkingRun,
  provider: Provider,
  reasoning: string | undefined,
): { reasoning?: Reasoning } {
  const data = reasoning && deps.redact.text(reasoning)
  return !data || (provider.signsReasoning && data !== reasoning) ? {} : { reasoning: { provider: provider.id, data } }
}

/** A whole turn without a word is one only where a tool's result needs none. */
function stopReasonOf({ history }: WorkingRun, { stop_reason }: Done): string {
  const isSilent = stop_reason === 'end_turn' && history.saysNothing && !endsWithResult(history.messages)
  return isSilent ? 'no_answer' : stop_reason
}

/** A call that failed, of which the service has said all the same what it took. */
async function payFor({ record, deps }: WorkingRun, { provider, model }: ResolvedModel, usage: Usage) {
  record.totals = addUsage(record.totals, usage)
  const { tenantId, userId, agent } = record
  await deps.ledger.record({
    ...{ tenantId, userId, agent, runId: record.id, provider: provider.id, model: usage.model ?? model },
    ...{ asked: model, usage },
  })
}

async function finishTurn(run: WorkingRun, { provider, model }: ResolvedModel, window: RunWindow, done: Done) {
  const { record, deps } = run
  const { usage: reported } = done
  const told = reported.max_context_tokens
  if (told) deps.windows.told(provider.id, model, told)
  const usage: Usage = {
    ...reported,
    model: reported.model ?? model,
    provider: provider.id,
    max_context_tokens: told ?? window.tokens,
    ...(!told && window.isGuess ? { max_context_is_guess: true } : {}),
    ...(isCodeAgent(run.agent) ? {} : { credential_source: credentialSource }),
  }
  record.turns++
  record.totals = addUsage(record.totals, usage)
  record.provider = provider.id
  record.model = usage.model ?? model
  const { tenantId, userId, agent } = record
  const booking = deps.ledger.book({
    ...{ tenantId, userId, agent, runId: record.id, provider: provider.id, model: record.model, asked: model, usage },
  })
  await run.append(
    [
      { type: 'assistant_turn', stop_reason: stopReasonOf(run, done), ...keptReasoning(run, provider, done.reasoning) },
      { type: 'usage', usage: { ...usage, ...booking.cost } },
    ],
    [
      recordTurn(record.id, { turns: record.turns, totals: record.totals, provider: provider.id, model: record.model }),
      ...(run.isInTree ? [countTreeUsage(record.rootRunId, usage)] : []),
      ...booking.statements,
    ],
    booking.onCommit,
  )
  await run.written()
  const labels = { provider: provider.id, model }
  deps.telemetry.count('tokens.input', usage.input_tokens, labels)
  deps.telemetry.count('tokens.output', usage.output_tokens, labels)
}
