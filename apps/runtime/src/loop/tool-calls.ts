import type { LogEvent } from '../log/log-event.ts'
import { finishToolCall, listStartedToolCalls, startToolCall } from '../runs/store.ts'
import type { ToolOutput, ToolScope } from '../tools/tool.ts'
import type { OpenCall } from './history.ts'
import type { WorkingRun } from './working-run.ts'

/** Gives every open call its result: runs it, or says why not. Results are stored as they land. */
export async function runToolCalls(run: WorkingRun): Promise<void> {
  const calls = [...run.history.openCalls]
  const started = listStartedToolCalls(run.deps.db, run.record.id)
  const { record, deps } = run
  const runnable = calls.filter((call) => !started.has(call.id) || isIdempotent(run, call))
  const unknown = calls.filter((call) => !runnable.includes(call))

  for (const call of unknown) {
    await storeResult(run, call, {
      text: `The runtime stopped while ${call.name} was running, so nobody knows whether it took effect. It was not run again. Check before you repeat it.`,
      isError: true,
    })
  }
  await deps.db.write(
    runnable.map((call) => startToolCall(record.tenantId, record.id, call.id, call.name, deps.clock.now())),
  )
  await inParallel(runnable, deps.config.limits.toolParallelism, async (call) => {
    const output = await runOne(run, call)
    if (!run.control.suspend || !output.interrupted) await storeResult(run, call, output)
  })
}

/** Answers every open call with an error, so that the conversation can go on. */
export async function refuseOpenCalls(run: WorkingRun, reason: string): Promise<void> {
  const events: LogEvent[] = run.history.openCalls.map((call) =>
    resultEvent(run, call, { text: reason, isError: true }),
  )
  if (events.length > 0) await run.append(events)
}

type Output = ToolOutput & { interrupted?: boolean }

async function runOne(run: WorkingRun, call: OpenCall): Promise<Output> {
  const signal = run.control.turn
  const tool = run.tools.get(call.name)
  if (!tool) {
    const names = [...run.tools.keys()].join(', ') || 'none'
    return { text: `tool not found: ${call.name}. The tools of this agent: ${names}.`, isError: true }
  }
  if (signal.aborted) return interrupted
  const aborted = new Promise<Output>((resolve) =>
    signal.addEventListener('abort', () => resolve(interrupted), { once: true }),
  )
  return Promise.race([aborted, attempt(() => tool.run({ input: call.input, scope: scopeOf(run), signal }))])
}

const interrupted: Output = { text: 'cancelled by operator', isError: true, interrupted: true }

async function attempt(work: () => Promise<ToolOutput>): Promise<Output> {
  try {
    return await work()
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isError: true }
  }
}

async function storeResult(run: WorkingRun, call: OpenCall, output: ToolOutput) {
  await run.append([resultEvent(run, call, output)], [finishToolCall(run.record.id, call.id, run.deps.clock.now())])
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

function scopeOf(run: WorkingRun): ToolScope {
  const { record, agent } = run
  return {
    principal: {
      tenantId: record.tenantId,
      subject: record.userId,
      scopes: [],
      legacy: false,
      open: false,
      viaCookie: false,
    },
    agent,
    agentId: record.agentId,
    runId: record.id,
    rootRunId: record.rootRunId,
    sessionId: record.sessionId,
    userId: record.userId,
    tenantId: record.tenantId,
    provider: run.provider.id,
    model: run.model,
    runStartedAt: record.startedAt,
    ...(run.history.contextTokens ? { contextTokens: run.history.contextTokens } : {}),
    tools: run.tools,
  }
}

async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>) {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
}
