import { ERROR_CODE_HEADER, type Interrupt } from '@loomcycle/proto'
import type { ModelRequest } from '../models/providers/provider.ts'
import type { ScriptedCall, ScriptedModel, ScriptedTurn } from '../models/providers/scripted/turn.ts'
import { clientOf, converse, type Reader } from './test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from './test-runtime.ts'

/** A call that asks; its id is the question unless given. */
export function ask(question: string, more: Record<string, unknown> = {}, id = question): ScriptedCall {
  return { id, name: 'Interruption', input: { op: 'ask', question, ...more } }
}

/** Plays its turns in order, whichever process asks; then it has nothing more to say. */
export function playing(turns: ScriptedTurn[], requests: ModelRequest[] = []): ScriptedModel {
  return (request) => {
    requests.push(structuredClone(request))
    return turns[request.messages.filter((message) => message.role === 'assistant').length] ?? { text: 'over' }
  }
}

export type AskingOptions = TestRuntimeOptions & { requests?: ModelRequest[] }

/** A conversation with an agent that may ask. */
export async function startAsking(turns: ScriptedTurn[], options: AskingOptions = {}) {
  const runtime = await startRuntime({
    models: { model: playing(turns, options.requests) },
    agents: { model: { interruption: { enabled: true } } },
    ...options,
  })
  return { runtime, talk: converse(clientOf(runtime), 'model', 'go') }
}

/** A run that has made the calls of its first turn, all of them questions, and has left memory. */
export async function asked(calls: ScriptedCall[], options: AskingOptions & { lastly?: string } = {}) {
  const { runtime, talk } = await startAsking([{ tool_calls: calls }, { text: options.lastly ?? 'over' }], options)
  return { runtime, ...(await untilAsked(runtime, talk, calls.length)) }
}

/** Another run like it. */
export async function askedIn(runtime: TestRuntime, calls: number) {
  return untilAsked(runtime, converse(clientOf(runtime), 'model', 'go'), calls)
}

async function untilAsked(runtime: TestRuntime, talk: ReturnType<typeof converse>, calls: number) {
  for (let n = 0; n < calls; n++) await talk.until('interruption_pending')
  const { runId } = talk.session
  await runtime.ctx.engine.left(runId)
  return { talk, runId, questions: (await listInterrupts(runtime, runId)).reverse() }
}

/** Newest first. */
export async function listInterrupts(runtime: TestRuntime, runId: string, status = 'all'): Promise<Interrupt[]> {
  const response = await fetch(`${runtime.url}/v1/runs/${runId}/interrupts?status=${status}`)
  return ((await response.json()) as { interrupts: Interrupt[] }).interrupts
}

export async function listUserInterrupts(runtime: TestRuntime, status?: string): Promise<unknown> {
  const response = await fetch(`${runtime.url}/v1/users/default/interrupts${status ? `?status=${status}` : ''}`)
  return response.json()
}

export async function resolve(
  runtime: TestRuntime,
  { run_id, interrupt_id }: { run_id: string; interrupt_id: string },
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${runtime.url}/v1/runs/${run_id}/interrupts/${interrupt_id}/resolve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    code: response.headers.get(ERROR_CODE_HEADER),
    text,
    body: response.ok ? JSON.parse(text) : undefined,
  }
}

interface Said {
  interrupt_id: string
  status?: string
}

/** What the events of this type, which the client passes through, say about questions. */
export function saidOf(reader: Reader, type: 'interruption_pending' | 'interruption_resolved'): Said[] {
  return reader.events.flatMap((event) =>
    (event.type as string) === type ? [(event as unknown as { interruption: Said }).interruption] : [],
  )
}

export function typesOf(reader: Reader, ...wanted: string[]): string[] {
  return reader.types().filter((type) => wanted.includes(type))
}
