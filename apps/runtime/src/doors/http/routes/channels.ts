import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { everybody, open, openOfUser, ownerOf } from '../../../areas/channels/access.ts'
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
    const publish = async (channel: string) =>
      send(ctx, caller, [await open(ctx, caller, { channel, owner }, 'publish')], toSending(body), toResult)
    return eachByItself(body.channels, publish)
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

/** Over the wire a channel that is not declared takes nothing from the others. */
async function eachByItself<T extends object>(channels: readonly string[], publish: (channel: string) => Promise<T>) {
  const results: (T | { channel: string; error: string })[] = []
  for (const channel of new Set(channels)) {
    try {
      results.push(await publish(channel))
    } catch (error) {
      if (!(error instanceof RuntimeError && error.code === 'channel_not_declared')) throw error
      results.push({ channel, error: error.message })
    }
  }
  const failed = results.filter((result) => 'error' in result).length
  return { published: results.length - failed, failed, results }
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
