import type { RunEvent } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { followRun } from '../../../engine/log/follow-run.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import type { RunRecord } from '../../../engine/rows/run-record.ts'
import { isRunLive } from '../../../engine/rows/runs.ts'
import { report } from '../../../ground/telemetry/telemetry.ts'
import { followChildren } from './child-frames.ts'
import { SseResponse } from './sse.ts'

export interface StreamOptions {
  afterSeq: number
  /** Sent first; they are not in the log. */
  opening: readonly RunEvent[]
  omitOpening?: boolean
  /** Also the events of the runs it starts, and of those they start. */
  includeChildren?: boolean
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
    for (const event of options.opening) sse.write(transientFrame(event))
    await followRun(sse, {
      db: ctx.db,
      publisher: ctx.publisher,
      sessionId: run.sessionId,
      runId: run.id,
      afterSeq: options.afterSeq,
      omitOpening: options.omitOpening ?? false,
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

export function agentFrame(run: RunRecord): RunEvent {
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
