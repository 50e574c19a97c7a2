import type { Declaration } from '../../ground/config/channel-declarations.ts'
import { isChannelName, matchesChannel } from '../../ground/config/channel-names.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { ToolScope } from '../../tools/tool.ts'
import type { ChannelContext } from './context.ts'
import { findDeclaration } from './find-declaration.ts'
import type { Place } from './place.ts'

/** A channel that a caller may use. */
export interface Opened {
  place: Place
  declaration: Declaration
  /** Whose cursor reading moves. */
  reader: string
}

export type Right = 'publish' | 'subscribe'

/** Refuses what the agent was not given, before anything is looked at or written. */
export function requireAllowed({ agent }: ToolScope, channel: string, right: Right) {
  if (!isChannelName(channel)) {
    throw new ToolError(`"${channel.slice(0, 80)}" is not a channel’s name; it is made of parts like research-done/c1`)
  }
  if (!matchesChannel(agent.channels?.[right] ?? [], channel)) {
    throw new ToolError(
      `the channel ${channel} is not open to agent ${agent.name}; its setting channels.${right} would allow it`,
    )
  }
  if (right === 'publish' && channel.startsWith('_system/')) throw belongsToSystem(channel)
}

/** The channel as this run has it. The scope of a document’s changes is for the caller to say: it is the document’s. */
export async function openForAgent(
  ctx: ChannelContext,
  caller: ToolScope,
  channel: string,
  right: Right,
  documentScope: 'agent' | 'user' | 'tenant' | undefined,
): Promise<Opened> {
  requireAllowed(caller, channel, right)
  const declaration = await findDeclaration(ctx.db.read, ctx.configured, caller.tenantId, channel)
  if (!declaration)
    throw new ToolError(`the channel ${channel} is not declared; channels in the configuration would do that`)
  if (right === 'publish' && declaration.publisher === 'system') throw belongsToSystem(channel)
  const scope = (declaration.source === 'builtin' ? documentScope : undefined) ?? declaration.scope
  const scopeId = scope === 'agent' ? caller.agent.name : scope === 'user' ? caller.userId : ''
  if (scope === 'user' && scopeId === '') throw new ToolError(`${channel} is a user’s, and this run has no user`)
  return {
    place: { tenantId: caller.tenantId, channel, scope, scopeId },
    declaration,
    reader: readerOf(declaration, caller.agent.name),
  }
}

/** All who read a queue share its messages; everybody who reads a topic gets every one. */
export function readerOf({ semantic }: Declaration, name: string): string {
  return semantic === 'queue' ? '' : name
}

function belongsToSystem(channel: string): ToolError {
  return new ToolError(`only the system publishes on ${channel}`)
}
