import { builtin, type Declaration } from '../../ground/config/channel-declarations.ts'
import { matchesChannel } from '../../ground/config/channel-names.ts'
import type { ToolScope } from '../../tools/tool.ts'
import type { ChannelContext } from './context.ts'
import { listDeclared } from './store.ts'

export interface OpenChannel {
  declaration: Declaration
  publish: boolean
  subscribe: boolean
}

/** The channels that an agent may use, and for what. */
export async function listOpenChannels(
  { db, configured }: Pick<ChannelContext, 'db' | 'configured'>,
  { agent, tenantId }: ToolScope,
): Promise<OpenChannel[]> {
  const all = [...Object.values(configured), ...(await listDeclared(db.read, tenantId)), ...builtin]
  const given = agent.channels ?? { publish: [], subscribe: [] }
  return all
    .map((declaration) => ({
      declaration,
      publish: declaration.publisher !== 'system' && covers(given.publish, declaration),
      subscribe: covers(given.subscribe, declaration),
    }))
    .filter(({ publish, subscribe }) => publish || subscribe)
}

/** Whether the agent may use the channel, or any of those below where the declaration is for all of them. */
function covers(patterns: readonly string[], { name }: Declaration): boolean {
  if (!name.endsWith('/*')) return matchesChannel(patterns, name)
  const below = name.slice(0, -1)
  return patterns.some(
    (pattern) => pattern.startsWith(below) || (pattern.endsWith('/*') && below.startsWith(pattern.slice(0, -1))),
  )
}
