import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { readAsset } from '../../../areas/documents/chunks/read-asset.ts'
import type { DocumentDeps } from '../../../areas/documents/deps.ts'
import { toDocumentChange } from '../../../areas/documents/history/document-change.ts'
import { sayPresence } from '../../../areas/documents/say-presence.ts'
import { headSeq, listChanges } from '../../../areas/documents/store/changes.ts'
import { placeFor } from '../../../areas/paths/access.ts'
import type { AppContext } from '../../../context.ts'
import { keyOfPlace, type Place } from '../../../ground/identity/place.ts'
import { focusOf } from '../caller.ts'
import { addRoute } from '../route.ts'
import { streamChanges } from '../streams/changes.ts'

export function documentRoutes(app: FastifyInstance, ctx: AppContext) {
  const { documents: deps } = ctx
  addRoute(app, ctx.authenticate, endpoints.getDocumentAsset, async ({ caller, params, query, reply }) => {
    const place = placeFor({ ...caller, focus: focusOf(query) }, query.scope ?? 'user')
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

  addRoute(app, ctx.authenticate, endpoints.followDocumentChanges, async ({ caller, query, request, reply }) => {
    const place = placeFor({ ...caller, focus: focusOf(query) }, query.scope ?? 'user')
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
        beside: query.presence === '1' && query.document_id ? presenceOf(deps, place, query.document_id) : undefined,
        keepaliveMs: ctx.config.timings.sseKeepalive,
        telemetry: ctx.telemetry,
        health: ctx.db.health,
      },
    )
  })
  addRoute(app, ctx.authenticate, endpoints.sayPresence, async ({ caller, query, body }) => {
    const focused = { ...caller, focus: focusOf(query) }
    return sayPresence(deps, focused, query.scope, body)
  })
}

function presenceOf({ presence }: DocumentDeps, place: Place, documentId: string) {
  if (!presence) return undefined
  return {
    now: () => presence.of(place, documentId),
    follow: (wake: () => void) => presence.follow(place, documentId, wake),
  }
}
