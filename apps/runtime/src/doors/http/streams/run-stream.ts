import type { AgentEventFrame, Of, RunEvent } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { followRun, type Omitted } from '../../../engine/log/follow-run.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import type { RunRecord } from '../../../engine/rows/run-record.ts'
import { isRunLive } from '../../../engine/rows/runs.ts'
import type { Reached } from '../../../engine/runs/take-in.ts'
import { report } from '../../../ground/telemetry/telemetry.ts'
import { followChildren } from './child-frames.ts'
import { SseResponse } from './sse.ts'

type AgentFrame = Of<typeof AgentEventFrame>

export interface StreamOptions {
  afterSeq: number
  /** Sent first; they are not in the log. */
  opening: readonly string[]
  omit?: Omitted | undefined
  /** Also the events of the runs it starts, and of those they start. */
  includeChildren?: boolean
}

/**
 * Streams what becomes of something that was said; `omitsSaid`: without that itself. Of a run that was there before, a
 * reader that loses the connection has to know at once where to go on.
 */
export async function streamReached(
  ctx: AppContext,
  { run, afterSeq, inputId }: Reached,
  request: FastifyRequest,
  reply: FastifyReply,
  { omitsSaid }: { omitsSaid: boolean },
) {
  const session: RunEvent = { type: 'session', text: run.sessionId, session_id: run.sessionId }
  const agent: RunEvent = { ...agentFrame(run), ...(inputId ? { input_id: inputId } : {}) }
  const place = inputId ? `id: ${afterSeq}\n` : ''
  await streamRun(ctx, run, request, reply, {
    afterSeq,
    omit: omitsSaid ? (inputId ?? 'opening') : undefined,
    opening: [transientFrame(session), place + transientFrame(agent)],
  })
}

/** Streams a run to whoever asked; while it does, a one-shot run has its caller. */
export async function streamRun(
  ctx: AppContext,
  run: RunRecord,
  request: FastifyRequest,
  reply: FastifyReply,
  options: StreamOptions,
) {
  reply.hijack()
  const sse = new SseResponse(reply.raw, {
    keepaliveMs: ctx.config.timings.sseKeepalive,
    extraHeaders: headersOf(reply),
  })
  if (request.method === 'HEAD') return sse.end()
  const detach = ctx.engine.callerAttached(run)
  const stopChildren = options.includeChildren ? followChildren(ctx, sse, run.id) : () => {}
  try {
    for (const frame of options.opening) sse.write(frame)
    await followRun(sse, {
      db: ctx.db,
      publisher: ctx.publisher,
      sessionId: run.sessionId,
      runId: run.id,
      afterSeq: options.afterSeq,
      omit: options.omit,
      hasEnded: async () => !(await isRunLive(ctx.db, run.id)),
    })
  } catch (error) {
    // The status line is long gone; cutting the stream makes the reader come back by its cursor.
    report(ctx.telemetry, `stream of ${run.id}`, error)
    reply.raw.destroy()
  } finally {
    stopChildren()
    detach()
    sse.end()
  }
}

export function agentFrame(run: RunRecord): AgentFrame {
  return {
    type: 'agent',
    agent_id: run.agentId,
    run_id: run.id,
    session_id: run.sessionId,
    parent_agent_id: run.parentAgentId,
    parent_context: run.options.parentContext ?? null,
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
