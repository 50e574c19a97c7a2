import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { everybody, type Opened, open, openOfUser, ownerOf } from '../../../areas/channels/access.ts'
import {
  createChannel,
  deleteChannel,
  listChannels,
  listCursors,
  purgeChannel,
  updateChannel,
} from '../../../areas/channels/manage.ts'
import { acknowledge, awaitAll, look, take } from '../../../areas/channels/read.ts'
import { type Sending, type Sent, send, visibleAt } from '../../../areas/channels/send.ts'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

/** Over the wire the route says whose messages are meant, whatever the channel is for agents. */
export function channelRoutes(app: FastifyInstance, { authenticate, channels: { ctx } }: AppContext) {
  const shared = (name: string) => ({ channel: name, owner: everybody })

  addRoute(app, authenticate, endpoints.listChannels, async ({ caller }) => ({
    channels: await listChannels(ctx, caller),
  }))
  addRoute(app, authenticate, endpoints.createChannel, ({ caller, body }) => createChannel(ctx, caller, body))
  addRoute(app, authenticate, endpoints.updateChannel, ({ caller, params, body }) =>
    updateChannel(ctx, caller, params.name, body),
  )
  addRoute(app, authenticate, endpoints.deleteChannel, ({ caller, params }) => deleteChannel(ctx, caller, params.name))
  addRoute(app, authenticate, endpoints.purgeChannel, async ({ caller, params }) => ({
    name: params.name,
    purged: await purgeChannel(ctx, caller, params.name),
  }))
  addRoute(app, authenticate, endpoints.listAgentCursors, async ({ caller, params }) => ({
    channels: await listCursors(ctx, caller, params.agent_name),
  }))

  addRoute(app, authenticate, endpoints.publishToChannel, async ({ caller, params, body }) =>
    send(ctx, caller, [await open(ctx, caller, shared(params.name), 'publish')], toSending(body), toResult),
  )
  addRoute(app, authenticate, endpoints.subscribeToChannel, async ({ caller, params, body }) =>
    take(ctx, caller, await open(ctx, caller, shared(params.name), 'subscribe'), body),
  )
  addRoute(app, authenticate, endpoints.peekChannel, async ({ caller, params, query }) =>
    look(ctx, caller, await open(ctx, caller, shared(params.name), 'subscribe'), query),
  )
  addRoute(app, authenticate, endpoints.ackChannel, async ({ caller, params, body }) =>
    acknowledge(ctx, caller, await open(ctx, caller, shared(params.name), 'subscribe'), body.cursor),
  )
  addRoute(app, authenticate, endpoints.publishSystemMessage, async ({ caller, params, body }) => {
    if (!params.name.startsWith('_system/')) {
      throw new RuntimeError('non_system_channel', 'this route is for channels whose name starts with _system/')
    }
    return send(ctx, caller, [await open(ctx, caller, shared(params.name), 'publish')], toSending(body), toResult)
  })

  addRoute(app, authenticate, endpoints.awaitChannels, async ({ caller, body }) => {
    const owner = ownerOf(caller, body)
    const names = [...new Set(body.channels)]
    const opened = await Promise.all(names.map((channel) => open(ctx, caller, { channel, owner }, 'subscribe')))
    return awaitAll(ctx, caller, opened, body)
  })
  addRoute(app, authenticate, endpoints.broadcastToChannels, async ({ caller, body }) => {
    const owner = ownerOf(caller, body)
    const opened: Opened[] = []
    for (const channel of new Set(body.channels)) opened.push(await open(ctx, caller, { channel, owner }, 'publish'))
    return send(ctx, caller, opened, toSending(body), (sent) => ({
      published: sent.length,
      failed: 0,
      results: sent.map((one) => toResult([one])),
    }))
  })

  addRoute(app, authenticate, endpoints.publishToUserChannel, async ({ caller, params, body }) =>
    send(ctx, caller, [await openOfUser(ctx, caller, params, 'publish')], toSending(body), toResult),
  )
  addRoute(app, authenticate, endpoints.subscribeToUserChannel, async ({ caller, params, body }) =>
    take(ctx, caller, await openOfUser(ctx, caller, params, 'subscribe'), body),
  )
  addRoute(app, authenticate, endpoints.peekUserChannel, async ({ caller, params, query }) =>
    look(ctx, caller, await openOfUser(ctx, caller, params, 'subscribe'), query),
  )
  addRoute(app, authenticate, endpoints.ackUserChannel, async ({ caller, params, body }) =>
    acknowledge(ctx, caller, await openOfUser(ctx, caller, params, 'subscribe'), body.cursor),
  )
}

function toSending({ payload, deliver_at }: { payload?: unknown; deliver_at?: string }): Sending {
  return { value: payload, deliverAt: deliver_at }
}

function toResult([sent]: readonly Sent[]) {
  const { place, published } = sent!
  return {
    msg_id: published.id,
    channel: place.channel,
    created_at: new Date(published.createdAt).toISOString(),
    ...visibleAt(published),
  }
}
