import type { Usage } from '@loomcycle/proto'
import { readJson } from '../../ground/json.ts'
import { type Framing, notAnAnswer, openAnswer } from './answer.ts'
import { classOfStatus, type Fail } from './failures.ts'
import { type Fault, faultIn } from './faults.ts'
import type { Body, HttpClient } from './http.ts'
import { type ProviderEvent, ProviderFailure } from './provider.ts'
import type { SseMessage } from './sse.ts'
import { isObject } from './tools/tool-input.ts'

export type Frame = Record<string, unknown>

/** Turns a service's frames into our events. Pure: no clock, no socket. Throws `ProviderFailure`. */
export interface TurnReader {
  /** Takes one frame; the events of the last one end with `done`. */
  read(frame: Frame): ProviderEvent[]
  /** Nothing more comes; `closed` where the service has said so. Throws where the turn is not whole. */
  end(closed: boolean): ProviderEvent[]
  /** Tokens that were told of so far, by a service that tells before the end. */
  readonly usage?: Usage
}

/** Sends a request and plays the answer through a reader. Never throws; ends with exactly one `done` or `error`. */
export async function* streamTurn(
  http: HttpClient,
  path: string,
  makeBody: () => unknown,
  makeReader: () => TurnReader,
  signal: AbortSignal,
  framing: Framing = 'events',
): AsyncGenerator<ProviderEvent, void> {
  let reader: TurnReader | undefined
  try {
    const body = await http.post(path, makeBody(), signal)
    reader = makeReader()
    yield* playTurn(body, framing, reader, http.fail)
  } catch (error) {
    const failure = error instanceof ProviderFailure ? error : http.fail('retryable', describe(error))
    yield { type: 'error', error: failure, ...paidFor(reader) }
  }
}

function paidFor(reader: TurnReader | undefined): { usage?: Usage } {
  if (!reader?.usage) return {}
  const { input_tokens, output_tokens, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 } = reader.usage
  const isNothing = input_tokens + output_tokens + cache_creation_input_tokens + cache_read_input_tokens === 0
  return isNothing ? {} : { usage: reader.usage }
}

async function* playTurn(
  body: Body,
  framing: Framing,
  reader: TurnReader,
  fail: Fail,
): AsyncGenerator<ProviderEvent, void> {
  const answer = await openAnswer(body, framing, fail)
  if (answer.kind === 'whole') return yield* readWhole(answer.text, body.contentType, reader, fail)
  let broken: unknown
  const frames = untilBroken(answer.frames, (error) => {
    broken = error
  })
  for await (const frame of frames) {
    for (const event of readFrame(frame, reader, fail)) {
      yield event
      if (event.type === 'done') return
    }
  }
  yield* broken === undefined ? reader.end(false) : endOr(reader, broken)
}

async function* untilBroken(frames: AsyncIterable<SseMessage>, tell: (error: unknown) => void) {
  try {
    yield* frames
  } catch (error) {
    tell(error)
  }
}

function describe(error: unknown): string {
  return `the answer could not be read: ${error instanceof Error ? error.message : String(error)}`
}

/** All that makes the turn whole may have come before the connection broke. */
function endOr(reader: TurnReader, error: unknown): ProviderEvent[] {
  if (!(error instanceof ProviderFailure) || error.failureClass !== 'retryable') throw error
  try {
    return reader.end(false)
  } catch {
    throw error
  }
}

const HEARTBEATS = /^(ping|keep-?alive|heartbeat|null)?$/i

export function readFrame({ event, data, cut }: SseMessage, reader: TurnReader, fail: Fail): ProviderEvent[] {
  const said = data.trim()
  if (HEARTBEATS.test(said) || (event !== 'message' && HEARTBEATS.test(event))) return []
  if (said === '[DONE]') return reader.end(true)
  const frame = parseObject(said)
  if (frame === undefined && cut) return []
  if (event === 'error') throw failureOf(faultIn(frame ?? said) ?? { cause: said }, fail)
  if (frame === undefined) throw fail('retryable', `unreadable frame: ${data}`)
  return reader.read(frame)
}

/** An answer that was not streamed, or lines of JSON without the framing. */
function readWhole(text: string, contentType: string, reader: TurnReader, fail: Fail): ProviderEvent[] {
  const frames = framesIn(text)
  if (frames.length === 0) {
    if (/^\s*</.test(text)) throw notAnAnswer(text, contentType, fail)
    throw fail('retryable', `stream ended early: ${text}`)
  }
  const events: ProviderEvent[] = []
  for (const frame of frames) {
    for (const event of reader.read(frame)) events.push(event)
    if (events.at(-1)?.type === 'done') return events
  }
  try {
    return [...events, ...reader.end(false)]
  } catch (error) {
    throw events.length === 0 ? notAnAnswer(text, contentType, fail) : error
  }
}

function framesIn(text: string): Frame[] {
  const whole = parsed(text)
  if (whole !== undefined) {
    const all: unknown[] = Array.isArray(whole) ? whole : [whole]
    return all.filter(isObject)
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 1 ? lines.map(parseObject).filter((frame) => frame !== undefined) : []
}

function parseObject(text: string): Frame | undefined {
  const value = parsed(text)
  return isObject(value) ? value : undefined
}

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

/** What a service says went wrong, as one of our failures. */
export function failureOf({ cause, status }: Fault, fail: Fail): ProviderFailure {
  return fail(status === undefined ? 'retryable' : classOfStatus(status, cause), cause, status)
}
