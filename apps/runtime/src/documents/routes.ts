import { documentOps, endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AppContext } from '../context.ts'
import { addOpRoute } from '../http/op-route.ts'
import { addRoute } from '../http/route.ts'
import { SseResponse } from '../http/sse.ts'
import { browsingOf, principalCaller } from '../paths/place.ts'
import { checkedKey, requestHash } from '../runs/idempotency.ts'
import { changeFrame, followChanges } from './follow-changes.ts'
import { createDocumentOps } from './ops/index.ts'
import { readAsset } from './read-asset.ts'
import { headSeq } from './store/changes.ts'

export function documentRoutes(app: FastifyInstance, ctx: AppContext) {
  const { documents: deps } = ctx
  addOpRoute(app, ctx.authenticate, documentOps, createDocumentOps(deps), (principal, request) => {
    const caller = principalCaller(principal, browsingOf(request.query))
    const key = checkedKey(request.headers['idempotency-key'])
    return key === undefined
      ? caller
      : { ...caller, idempotency: { key, hash: requestHash([request.url, request.body]) } }
  })

  addRoute(app, ctx.authenticate, endpoints.getDocumentAsset, async ({ principal, params, query, reply }) => {
    const place = principalCaller(principal, query).placeFor(query.scope ?? 'user')
    const { media_type, data } = await readAsset(deps, place, params.chunk_id)
    await reply
      .headers({
        'cache-control': 'private, max-age=300',
        'content-disposition': 'inline',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .type(media_type)
      .send(Buffer.from(data))
  })

  addRoute(app, ctx.authenticate, endpoints.followDocumentChanges, async ({ principal, query, request, reply }) => {
    const place = principalCaller(principal, query).placeFor(query.scope ?? 'user')
    const since = lastEventId(request) ?? query.since
    const head = await headSeq(ctx.db.read, place)
    reply.hijack()
    const sse = new SseResponse(reply.raw, { keepaliveMs: ctx.config.timings.sseKeepalive })
    if (request.method === 'HEAD') return sse.end()
    // A reader who comes back without having seen a change goes on from here.
    sse.write(changeFrame(since ?? head, { type: 'ready' }))
    await followChanges(sse, {
      db: ctx.db.read,
      feed: deps.feed,
      place,
      since: since ?? head,
      documentId: query.document_id,
    }).catch((error: unknown) => {
      console.error('document changes:', error)
      reply.raw.destroy()
    })
    sse.end()
  })
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id']
  if (text === undefined || text === '') return undefined
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 0)
    throw new RuntimeError('invalid_request', 'Last-Event-ID must be the id of a frame')
  return id
}
