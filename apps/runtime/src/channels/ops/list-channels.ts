import type { ChannelContext } from '../context.ts'
import { builtin, type Declaration } from '../declarations.ts'
import { matchesChannel } from '../names.ts'
import { listDeclared } from '../store.ts'
import type { ChannelOp } from './call.ts'

export function listChannels(ctx: ChannelContext): ChannelOp<'list_channels'> {
  return async ({ scope: { agent, tenantId } }) => {
    const declared = await listDeclared(ctx.db.read, tenantId)
    const all = [...Object.values(ctx.configured), ...declared, ...builtin]
    const { publish = [], subscribe = [] } = agent.channels ?? {}
    const channels = all.flatMap((declaration) => {
      const { name, scope, semantic, description, publisher } = declaration
      const mayPublish = publisher !== 'system' && covers(publish, declaration)
      const maySubscribe = covers(subscribe, declaration)
      if (!mayPublish && !maySubscribe) return []
      const summary = { name, scope, semantic, publish: mayPublish, subscribe: maySubscribe }
      return [description ? { ...summary, description } : summary]
    })
    return { channels }
  }
}

/** Whether the agent may use the channel, or any of those below where the declaration is for all of them. */
function covers(patterns: readonly string[], { name }: Declaration): boolean {
  if (!name.endsWith('/*')) return matchesChannel(patterns, name)
  const below = name.slice(0, -1)
  return patterns.some(
    (pattern) => pattern.startsWith(below) || (pattern.endsWith('/*') && below.startsWith(pattern.slice(0, -1))),
  )
}
