import { documentOps, endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { toDocumentChange } from '../../../areas/documents/document-change.ts'
import { createDocumentOps } from '../../../areas/documents/ops/index.ts'
import { readAsset } from '../../../areas/documents/read-asset.ts'
import { headSeq, listChanges } from '../../../areas/documents/store/changes.ts'
import { browsingOf, principalCaller } from '../../../areas/paths/place.ts'
import type { AppContext } from '../../../context.ts'
import { checkedKey, requestHash } from '../../../ground/idempotency.ts'
import { keyOfPlace } from '../../../ground/identity/place.ts'
import { addOpRoute } from '../op-route.ts'
import { addRoute } from '../route.ts'
import { streamChanges } from '../streams/changes.ts'

export function documentRoutes(app: FastifyInstance, ctx: AppContext) {
  const { documents: deps } = ctx
  addOpRoute(app, ctx.authenticate, documentOps, createDocumentOps(deps), (principal, request, body) => {
    const caller = principalCaller(principal, browsingOf(request.query))
    const key = checkedKey(request.headers['idempotency-key'])
    return key === undefined ? caller : { ...caller, idempotency: { key, hash: requestHash([request.url, body]) } }
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
    await streamChanges(
      { request, reply },
      {
        feed: deps.feed,
        log: keyOfPlace(place),
        since: query.since,
        head: () => headSeq(ctx.db.read, place),
        first: () => ({ type: 'ready' }),
        list: async (after, limit) => {
          const filter = { after, documentId: query.document_id, limit }
          return (await listChanges(ctx.db.read, place, filter)).map(toDocumentChange)
        },
        keepaliveMs: ctx.config.timings.sseKeepalive,
        health: ctx.db.health,
      },
    )
  })
}
