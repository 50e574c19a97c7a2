import { listOpenChannels } from '../../channels/open-channels.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function channels({ channels: ctx }: IntrospectionDeps): ContextOp<'channels'> {
  return async (caller) => {
    const list = (await listOpenChannels(ctx, caller)).map(({ declaration, publish, subscribe }) => {
      const { name, scope, semantic, defaultTtl, maxMessages, publisher } = declaration
      return {
        ...{ name, scope, semantic, publish, subscribe },
        ...(defaultTtl ? { default_ttl: defaultTtl } : {}),
        ...(maxMessages ? { max_messages: maxMessages } : {}),
        ...(publisher ? { publisher } : {}),
      }
    })
    const { publish = [], subscribe = [] } = caller.run?.agent.channels ?? {}
    return {
      channels: list,
      count: list.length,
      publish_wildcards: publish.filter(isWildcard),
      subscribe_wildcards: subscribe.filter(isWildcard),
    }
  }
}

function isWildcard(pattern: string): boolean {
  return pattern.endsWith('/*')
}
