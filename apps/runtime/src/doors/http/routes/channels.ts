import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { toCursor } from '../../../areas/channels/cursor.ts'
import {
  createChannel,
  deleteChannel,
  listChannels,
  purgeChannel,
  updateChannel,
} from '../../../areas/channels/manage.ts'
import {
  acknowledgeUpTo,
  awaitAll,
  look,
  type Owner,
  openForCaller,
  publishOne,
  take,
} from '../../../areas/channels/serve.ts'
import { listCursorsOf } from '../../../areas/channels/store.ts'
import type { AppContext } from '../../../context.ts'
import { isChannelName } from '../../../ground/config/channel-names.ts'
import { isAdmin, type Principal } from '../../../ground/identity/principal.ts'
import { addRoute } from '../route.ts'

const everybody: Owner = { scope: 'global', scopeId: '' }

export function channelRoutes(app: FastifyInstance, { authenticate, channels: { ctx } }: AppContext) {
  addRoute(app, authenticate, endpoints.listChannels, async ({ principal }) => {
    return { channels: await listChannels(ctx, principal.tenantId) }
  })
  addRoute(app, authenticate, endpoints.createChannel, ({ principal, body }) =>
    createChannel(ctx, principal.tenantId, body),
  )
  addRoute(app, authenticate, endpoints.updateChannel, ({ principal, params, body }) =>
    updateChannel(ctx, principal.tenantId, params.name, body),
  )
  addRoute(app, authenticate, endpoints.deleteChannel, ({ principal, params }) =>
    deleteChannel(ctx, principal.tenantId, params.name),
  )
  addRoute(app, authenticate, endpoints.purgeChannel, async ({ principal, params }) => {
    return { name: params.name, purged: await purgeChannel(ctx, principal.tenantId, params.name) }
  })

  addRoute(app, authenticate, endpoints.publishToChannel, async ({ principal, params, body }) => {
    return publishOne(ctx, await openForCaller(ctx, principal, params.name, everybody), principal, body)
  })
  addRoute(app, authenticate, endpoints.subscribeToChannel, async ({ principal, params, body, reply }) => {
    return take(ctx, await openForCaller(ctx, principal, params.name, everybody), body, goneSignal(reply))
  })
  addRoute(app, authenticate, endpoints.peekChannel, async ({ principal, params, query }) => {
    return look(ctx, await openForCaller(ctx, principal, params.name, everybody), query)
  })
  addRoute(app, authenticate, endpoints.ackChannel, async ({ principal, params, body }) => {
    return acknowledgeUpTo(ctx, await openForCaller(ctx, principal, params.name, everybody), body.cursor)
  })

  addRoute(app, authenticate, endpoints.awaitChannels, async ({ principal, body, reply }) => {
    const owner = ownerOf(principal, body)
    const names = [...new Set(body.channels)]
    const opened = await Promise.all(names.map((name) => openForCaller(ctx, principal, name, owner)))
    return awaitAll(ctx, opened, body, goneSignal(reply))
  })
  addRoute(app, authenticate, endpoints.broadcastToChannels, async ({ principal, body }) => {
    const owner = ownerOf(principal, body)
    const results = []
    for (const channel of new Set(body.channels)) {
      try {
        results.push(await publishOne(ctx, await openForCaller(ctx, principal, channel, owner), principal, body))
      } catch (error) {
        if (!(error instanceof RuntimeError && error.code === 'channel_not_declared')) throw error
        results.push({ channel, error: error.message })
      }
    }
    const failed = results.filter((result) => 'error' in result).length
    return { published: results.length - failed, failed, results }
  })
  addRoute(app, authenticate, endpoints.publishSystemMessage, async ({ principal, params, body }) => {
    if (!params.name.startsWith('_system/')) {
      throw new RuntimeError('non_system_channel', 'this route is for channels whose name starts with _system/')
    }
    return publishOne(ctx, await openForCaller(ctx, principal, params.name, everybody), principal, body)
  })

  addRoute(app, authenticate, endpoints.listAgentCursors, async ({ principal, params }) => {
    const cursors = await listCursorsOf(ctx.db.read, principal.tenantId, params.agent_name)
    return {
      channels: cursors.map((row) => ({
        channel: row.channel,
        tenant_id: row.tenant_id,
        scope: row.scope,
        scope_id: row.scope_id,
        cursor: toCursor(row.position),
        updated_at: new Date(row.updated_at).toISOString(),
      })),
    }
  })

  addRoute(app, authenticate, endpoints.publishToUserChannel, async ({ principal, params, body }) => {
    const opened = await openForUser(principal, params)
    if (opened.declaration.publisher === 'system') {
      throw new RuntimeError('system_channel', `only the system publishes on ${params.name}`)
    }
    return publishOne(ctx, opened, principal, body)
  })
  addRoute(app, authenticate, endpoints.subscribeToUserChannel, async ({ principal, params, body, reply }) => {
    return take(ctx, await openForUser(principal, params), body, goneSignal(reply))
  })
  addRoute(app, authenticate, endpoints.peekUserChannel, async ({ principal, params, query }) => {
    return look(ctx, await openForUser(principal, params), query)
  })
  addRoute(app, authenticate, endpoints.ackUserChannel, async ({ principal, params, body }) => {
    return acknowledgeUpTo(ctx, await openForUser(principal, params), body.cursor)
  })

  /** Another user's channel and a missing one look the same. */
  async function openForUser(principal: Principal, { user_id, name }: { user_id: string; name: string }) {
    const unknown = new RuntimeError('unknown_channel', `there is no channel ${name.slice(0, 256)} of ${user_id}`)
    if (!isChannelName(name) || (!isAdmin(principal) && principal.subject !== user_id)) throw unknown
    try {
      return await openForCaller(ctx, principal, name, { scope: 'user', scopeId: user_id })
    } catch (error) {
      throw error instanceof RuntimeError && error.code === 'channel_not_declared' ? unknown : error
    }
  }
}

function ownerOf(principal: Principal, { scope = 'global', scope_id }: { scope?: string; scope_id?: string }): Owner {
  if (scope === 'global' || scope === '') return everybody
  if (scope === 'agent') {
    throw new RuntimeError('scope_agent_invalid', 'channels of an agent are for the agent; use "global" or "user"')
  }
  if (scope !== 'user') throw new RuntimeError('channel_scope_invalid', 'scope must be "global" or "user"')
  if (!scope_id) throw new RuntimeError('missing_scope_id', 'scope_id is missing; it is the user’s id')
  if (!isAdmin(principal) && principal.subject !== scope_id) {
    throw new RuntimeError('unknown_channel', `there is no channel of ${scope_id}`)
  }
  return { scope: 'user', scopeId: scope_id }
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
