import { RuntimeError } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ChangesToFollow, followChanges, frame } from '../../../engine/feeds/follow-changes.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import { storeNotice } from '../../../engine/log/store-notice.ts'
import type { StoreHealth } from '../../../ground/db/health/store-health.ts'
import { report, type Telemetry } from '../../../ground/telemetry/telemetry.ts'
import { SseResponse } from './sse.ts'

export interface ChangeStream extends Omit<ChangesToFollow, 'since'> {
  /** As asked for; a reader who comes back says it by `Last-Event-ID`. */
  since: number | undefined
  /** The last change there is. */
  head(): Promise<number>
  /** The first frame; its id is where to go on from. */
  first(since: number): { type: string }
  keepaliveMs: number
  /** What is told besides and is in no log: each time it is different, and once at the beginning. */
  beside?: { now(): { type: string }; follow(wake: () => void): () => void } | undefined
  /** Of the store the log is in. */
  health: StoreHealth
  telemetry: Telemetry
}

/** Serves a log of changes as server-sent events that never end. */
export async function streamChanges(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { since: asked, head, first, keepaliveMs, health, telemetry, beside, ...changes }: ChangeStream,
): Promise<void> {
  const last = await head()
  // Whoever has seen more has seen it before a backup was restored: of what is done from now on they miss nothing.
  const since = Math.min(lastEventId(request) ?? asked ?? last, last)
  reply.hijack()
  const sse = new SseResponse(reply.raw, { keepaliveMs })
  if (request.method === 'HEAD') return sse.end()
  // A reader who comes back without having seen a change goes on from here.
  const opening = first(since)
  sse.write(frame(since, opening.type, opening))
  const unwatch = health.follow((error) => sse.write(transientFrame(storeNotice(error))))
  const unfollow = beside ? tellBeside(sse, beside) : () => {}
  await followChanges(sse, { ...changes, since }).catch((error: unknown) => {
    report(telemetry, 'changes', error)
    reply.raw.destroy()
  })
  unwatch()
  unfollow()
  sse.end()
}

/** A reader who is behind is told what is so by then, and not what has been in between. */
function tellBeside(sse: SseResponse, { now, follow }: NonNullable<ChangeStream['beside']>): () => void {
  let isDue = false
  const tell = async () => {
    if (isDue) return
    isDue = true
    await sse.drained()
    isDue = false
    sse.write(transientFrame(now()))
  }
  void tell()
  return follow(() => void tell())
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id']
  if (text === undefined || text === '') return undefined
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 0)
    throw new RuntimeError('invalid_request', 'Last-Event-ID must be the id of a frame')
  return id
}
