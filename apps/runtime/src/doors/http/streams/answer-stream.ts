import { RuntimeError } from '@loomcycle/proto'
import type { FastifyReply } from 'fastify'
import type { Clock } from '../../../ground/clock.ts'
import { report, type Telemetry } from '../../../ground/telemetry/telemetry.ts'
import { SseResponse } from './sse.ts'

export interface AnswerFrames<E> {
  of(event: E): string
  /** In place of what was to come. */
  failed(error: RuntimeError): string
  /** Behind the last one. */
  end: string
}

export interface AnswerStreamDeps {
  clock: Clock
  telemetry: Telemetry
  /** Of the comments that show that the line is alive; 0: none. */
  keepaliveMs: number
}

/** So long a status is kept back, for what may fail; then the line has to show that it is alive. */
const silentMs = 15_000

/**
 * Streams an answer. What fails before it begins is thrown, and is an error like any other; later it is a frame. Whoever
 * hangs up has whatever makes the answer stopped.
 */
export async function streamAnswer<E>(
  reply: FastifyReply,
  events: AsyncGenerator<E, void>,
  frames: AnswerFrames<E>,
  deps: AnswerStreamDeps,
  headersOf: (first: E) => Record<string, string>,
): Promise<undefined> {
  const { clock, telemetry, keepaliveMs } = deps
  const first = events.next()
  const begun = await Promise.race([first, silence(clock, first)])
  const told = begun && !begun.done ? headersOf(begun.value) : {}
  reply.hijack()
  const extraHeaders = { ...(reply.getHeaders() as Record<string, string>), ...told }
  const sse = new SseResponse(reply.raw, { keepaliveMs, extraHeaders })
  try {
    for (let next = await first; !next.done && !sse.closed.aborted; next = await events.next()) {
      sse.write(frames.of(next.value))
      if (sse.isBehind) await sse.drained()
    }
    sse.write(frames.end)
  } catch (error) {
    if (!(error instanceof RuntimeError) && !sse.closed.aborted) report(telemetry, 'an answer', error)
    sse.write(
      frames.failed(error instanceof RuntimeError ? error : new RuntimeError('internal', 'internal server error')),
    )
  } finally {
    sse.end()
    await events.return()
  }
}

/** Resolves when nothing has come for long. */
function silence(clock: Clock, first: Promise<unknown>): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = clock.after(silentMs, () => resolve(undefined))
    first.then(stop, stop)
  })
}
