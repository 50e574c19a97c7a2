import type { Of, RunStateQuery } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import { storeNotice } from '../../../engine/log/store-notice.ts'
import { isLive, type RunRecord } from '../../../engine/rows/run-record.ts'
import { toRunState } from '../../../engine/work/run-states.ts'
import { seesTenant } from '../../../ground/identity/principal.ts'
import type { Caller } from '../../../tools/caller.ts'
import { SseResponse } from './sse.ts'

const keepaliveMs = 25_000

/** Tells what becomes of a user's runs, from now on; a reader that falls behind is cut off and asks anew. */
export async function streamRunStates(
  ctx: AppContext,
  { principal }: Caller,
  userId: string,
  query: Of<typeof RunStateQuery>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const statuses = query.status ? query.status.split(',').filter(Boolean).sort() : null
  const agent = query.agent ?? ''
  reply.hijack()
  const sse = new SseResponse(reply.raw, { keepaliveMs })
  const open = { user_id: userId, filter_status: statuses, filter_agent: agent, keepalive_interval: keepaliveMs / 1000 }
  sse.write(frame('stream_open', open))
  if (request.method === 'HEAD') return sse.end()
  const unwatch = ctx.db.health.follow((error) => sse.write(transientFrame(storeNotice(error))))
  const running = new Set<string>()
  /** Where nobody asked for phases, a run says once that it runs. */
  const isNews = (run: RunRecord) => {
    if (!isLive(run)) {
      running.delete(run.id)
      return true
    }
    if (running.has(run.id)) return query.phases ?? false
    running.add(run.id)
    return true
  }
  const unlisten = ctx.states.listen((run) => {
    if (run.userId !== userId || !seesTenant(principal, run.tenantId)) return
    if (query.tenant && run.tenantId !== query.tenant) return
    if (agent && run.agent !== agent) return
    if (statuses && !statuses.includes(run.state.status)) return
    if (!isNews(run)) return
    if (sse.isBehind) reply.raw.destroy()
    else sse.write(frame('run_state', toRunState(run, ctx.clock.now())))
  })
  const stop = () => {
    unwatch()
    unlisten()
  }
  sse.closed.addEventListener('abort', stop, { once: true })
  if (sse.closed.aborted) stop()
}

function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
