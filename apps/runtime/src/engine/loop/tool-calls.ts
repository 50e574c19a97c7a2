import type { Effect } from '@loomcycle/proto'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { newInputId } from '../../ground/ids.ts'
import { whyUnreadable } from '../../models/providers/tools/tool-input.ts'
import type { ToolCaller, ToolOutput, ToolSuspension } from '../../tools/tool.ts'
import type { LogEvent } from '../log/log-event.ts'
import {
  type CallAnswer,
  type CallState,
  finishToolCall,
  listCallStates,
  startToolCall,
  suspendToolCall,
} from '../rows/tool-calls.ts'
import { wishCompacted } from '../rows/wishes.ts'
import { giveUpCalls } from './give-up-calls.ts'
import type { OpenCall } from './history.ts'
import { inOrder } from './in-order.ts'
import type { WorkingRun } from './working-run.ts'

/** So many calls of one turn are made. */
export const mostCalls = 128

const tooManyCalls = `Not run: a turn may make ${mostCalls} calls, and this is one more. It and all that came after it were left out; make what is still needed of them in your next turns.`

/** Longer than the name of any tool. */
const longestName = 200

/** What a model calls a tool, as it is kept and sent back: one that is cut is the name of none. */
export function nameOfCall(given: string): string {
  return given.length > longestName ? `${given.slice(0, longestName).toWellFormed()}…` : given
}

/**
 * Moves every open call on: runs it, takes in its answer, or says why it has none. Results are stored as they land;
 * calls that wait for something stay open, and so do those that have not begun when somebody wants the run to stop.
 * Only of a run that `isTakenUp` from its rows has any of them begun before.
 */
export async function runToolCalls(run: WorkingRun, { isTakenUp }: { isTakenUp: boolean }): Promise<void> {
  const { record, deps } = run
  const states: Map<string, CallState> = isTakenUp ? await listCallStates(deps.db, record.id) : new Map()
  const runnable: OpenCall[] = []
  const beyond = run.history.callBehind(mostCalls)
  for (const call of [...run.history.openCalls]) {
    const known = states.get(call.id)
    if (call === beyond && known === undefined) await storeResult(run, call, { text: tooManyCalls, isError: true })
    else if (known?.state === 'answered') await takeAnswer(run, call, known.answer)
    else if (known === undefined || (known.state === 'started' && isIdempotent(run, call))) runnable.push(call)
    else if (known.state === 'started') await storeResult(run, call, (await cameTo(run, call)) ?? nobodyKnows(call))
  }
  const order = { effectOf: (call: OpenCall) => effectOf(run, call), width: deps.config.limits.toolParallelism }
  await inOrder(runnable, order, (call) => runOne(run, call, { isNoted: states.has(call.id) || !onlyReads(run, call) }))
}

/** Answers every open call with an error, so that the conversation can go on, and gives up what they waited for. */
export async function refuseOpenCalls(run: WorkingRun, reason: string): Promise<void> {
  const calls = run.history.openCalls
  if (calls.length === 0) return
  const { record, deps } = run
  const refusals = calls.map((call) => refusal(run, call, reason))
  for (let answers = 0; ; answers++) {
    const { events, statements, announce } = await giveUpCalls(deps, record.id, deps.clock.now())
    try {
      await run.append([...events, ...refusals], statements)
      announce()
      break
    } catch (error) {
      // The answer to one of them came in between, which each does once.
      if (!(error instanceof NothingChangedError) || answers === calls.length) throw error
      await run.log.rewind()
    }
  }
  await deps.endChildren(record.id)
}

export function refusal(run: WorkingRun, call: OpenCall, reason: string): LogEvent {
  return resultEvent(run, call, { text: reason, isError: true })
}

async function runOne(run: WorkingRun, call: OpenCall, { isNoted }: { isNoted: boolean }): Promise<void> {
  if (run.control.isWanted) return
  if (isNoted) await run.deps.db.write([startToolCall(run.record, call.id, call.name, run.deps.clock.now())])
  const asked: Asked = { compaction: false }
  const outcome = await attempt(run, call, asked)
  if (outcome === 'interrupted') {
    // When the process stops, the next one decides what became of the call.
    if (!run.control.suspend) await storeResult(run, call, { text: 'cancelled by operator', isError: true }, isNoted)
  } else if ('waitsFor' in outcome) await suspend(run, call, outcome)
  else await storeResult(run, call, withWish(run, outcome, asked), isNoted)
}

/** What a call wants of its run, to be stored with its result. */
interface Asked {
  compaction: boolean
}

function withWish({ record, deps }: WorkingRun, output: ToolOutput, asked: Asked): ToolOutput {
  if (!asked.compaction) return output
  const wish = wishCompacted(record.id, newInputId(), deps.clock.now())
  return { ...output, statements: [...(output.statements ?? []), wish] }
}

async function attempt(
  run: WorkingRun,
  call: OpenCall,
  asked: Asked,
): Promise<ToolOutput | ToolSuspension | 'interrupted'> {
  const signal = run.control.turn
  const tool = run.tools.get(call.name)
  if (!tool) {
    const names = [...run.tools.keys()].join(', ') || 'none'
    const cut = call.name.length > longestName ? ` A name has at most ${longestName} characters; this one was cut.` : ''
    return { text: `tool not found: ${call.name}.${cut} The tools of this agent: ${names}.`, isError: true }
  }
  if (typeof call.input === 'string') return { text: whyUnreadable(call.input, tool.inputSchema), isError: true }
  if (signal.aborted) return 'interrupted'
  const interrupted = Promise.withResolvers<'interrupted'>()
  const onAbort = () => interrupted.resolve('interrupted')
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([
      interrupted.promise,
      tool.run({ toolUseId: call.id, input: call.input, caller: callerOf(run, asked), signal }),
    ])
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isError: true }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function suspend(run: WorkingRun, call: OpenCall, { events, statements, waitsFor, onCommit }: ToolSuspension) {
  const { record } = run
  await run.append(events, [...statements, suspendToolCall(record.id, call.id, waitsFor)])
  onCommit?.()
}

async function takeAnswer(run: WorkingRun, call: OpenCall, { events, text, isError }: CallAnswer) {
  await storeResult(run, call, { text, events, ...(isError ? { isError } : {}) })
}

async function storeResult(run: WorkingRun, call: OpenCall, output: ToolOutput, isNoted = true) {
  const { record, deps } = run
  const { events = [], statements = [] } = output
  const finish = isNoted ? [finishToolCall(record.id, call.id, deps.clock.now())] : []
  await run.append([...events, resultEvent(run, call, output)], [...statements, ...finish])
}

async function cameTo(run: WorkingRun, { id, name, input }: OpenCall): Promise<ToolOutput | undefined> {
  const tool = run.tools.get(name)
  if (!tool?.cameTo || typeof input === 'string') return undefined
  const caller = callerOf(run, { compaction: false })
  return tool.cameTo({ toolUseId: id, input, caller, signal: run.control.turn }).catch(() => undefined)
}

function nobodyKnows({ name }: OpenCall): ToolOutput {
  return {
    text: `The runtime stopped while ${name} was running, so nobody knows whether it took effect. It was not run again. Check before you repeat it.`,
    isError: true,
  }
}

function resultEvent(run: WorkingRun, call: OpenCall, output: ToolOutput): LogEvent {
  return {
    type: 'tool_result',
    tool_use: { id: call.id, name: call.name, input: run.deps.redact.json(call.input) },
    text: run.deps.redact.text(output.text),
    ...(output.isError ? { is_error: true } : {}),
  }
}

function isIdempotent(run: WorkingRun, call: OpenCall): boolean {
  return run.tools.get(call.name)?.isIdempotent(call.input) ?? true
}

function effectOf(run: WorkingRun, call: OpenCall): Effect {
  return run.tools.get(call.name)?.effectOf(call.input) ?? 'reads'
}

/** Nobody needs to know whether it was begun: it is simply made again. */
function onlyReads(run: WorkingRun, call: OpenCall): boolean {
  return effectOf(run, call) === 'reads' && isIdempotent(run, call)
}

function callerOf(run: WorkingRun, asked: Asked): ToolCaller {
  const { record, agent } = run
  const { tenantId, userId } = record
  return {
    principal: { tenantId, subject: userId, scopes: [], legacy: false, open: false, viaCookie: false },
    actor: { kind: 'agent', id: agent.name, run_id: record.id },
    tenantId,
    userId,
    door: 'tool',
    traceId: record.traceId ?? undefined,
    run: {
      id: record.id,
      rootId: record.rootRunId,
      sessionId: record.sessionId,
      agentId: record.agentId,
      agentDefId: record.agentDefId,
      agent,
      startedAt: record.startedAt,
      depth: record.depth,
      options: record.options,
      provider: record.provider ?? '',
      model: record.model ?? '',
      ...(run.history.contextTokens ? { contextTokens: run.history.contextTokens } : {}),
      tools: run.tools,
      requestCompaction: () => {
        asked.compaction = true
      },
    },
  }
}
