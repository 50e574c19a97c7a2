import { RuntimeError } from '@loomcycle/proto'
import type { Declaration } from '../../ground/config/channel-declarations.ts'
import { isChannelName, matchesChannel } from '../../ground/config/channel-names.ts'
import { isAdmin, mayAccess } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
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
export type Owner = Pick<Place, 'scope' | 'scopeId'>

/** Which channel, and whose messages in it. */
export interface Target {
  channel: string
  /** In place of what the channel is declared to be; only whoever is no agent may say so. */
  owner?: Owner
  /** The scope of a document’s changes is for the caller to say: it is the document’s. */
  documentScope?: 'agent' | 'user' | 'tenant' | undefined
}

export const everybody: Owner = { scope: 'global', scopeId: '' }

/** The channel as this caller has it. */
export async function open(ctx: ChannelContext, caller: Caller, target: Target, right: Right): Promise<Opened> {
  const { channel } = target
  const { tenantId } = caller
  requireRight(caller, channel, right)
  const declaration = isChannelName(channel)
    ? await findDeclaration(ctx.db.read, ctx.configured, tenantId, channel)
    : undefined
  if (!declaration) throw notDeclared(channel)
  const owner = target.owner ?? ownerIn(caller, declaration, target.documentScope)
  const place = { tenantId, channel, ...owner }
  requireOwn(caller, place, declaration, right)
  return { place, declaration, reader: readerOf(declaration, readerName(caller)) }
}

/** A user's channel. Another user's and a missing one look the same. */
export async function openOfUser(
  ctx: ChannelContext,
  caller: Caller,
  { user_id, name }: { user_id: string; name: string },
  right: Right,
): Promise<Opened> {
  const owner: Owner = { scope: 'user', scopeId: user_id }
  try {
    return await open(ctx, caller, { channel: name, owner }, right)
  } catch (error) {
    if (!(error instanceof RuntimeError && error.code === 'channel_not_declared')) throw error
    throw unknownChannel(name, user_id)
  }
}

/** Whose channels are meant, where a request says so. */
export function ownerOf(caller: Caller, { scope = '', scope_id }: { scope?: string; scope_id?: string }): Owner {
  if (scope === 'global' || scope === '') return everybody
  if (scope === 'agent') throw ofAgent()
  if (scope !== 'user') throw new RuntimeError('channel_scope_invalid', 'scope must be "global" or "user"')
  if (!scope_id) throw new RuntimeError('missing_scope_id', 'scope_id is missing; it is the user’s id')
  if (!mayActFor(caller, scope_id)) {
    throw new RuntimeError('unknown_channel', `there is no channel of ${scope_id}`)
  }
  return { scope: 'user', scopeId: scope_id }
}

/** Refuses what the agent was not given, before anything is looked at or written. */
export function requireRight({ run }: Caller, channel: string, right: Right) {
  if (!run) return
  if (!isChannelName(channel)) {
    throw new ToolError(`"${channel.slice(0, 80)}" is not a channel’s name; it is made of parts like research-done/c1`)
  }
  if (!matchesChannel(run.agent.channels?.[right] ?? [], channel)) {
    throw new ToolError(
      `the channel ${channel} is not open to agent ${run.agent.name}; its setting channels.${right} would allow it`,
    )
  }
  if (right === 'publish' && channel.startsWith('_system/')) throw systemChannel(channel)
}

/** Refuses what is neither the caller's own nor shared by a tenant that it looks after. */
function requireOwn(caller: Caller, { channel, scope, scopeId }: Place, declaration: Declaration, right: Right) {
  if (!caller.run) {
    if (isShared(scope) && !mayAccess(caller.principal, 'substrate:tenant')) {
      throw new RuntimeError('insufficient_scope', 'insufficient scope')
    }
    if (scope === 'agent') throw ofAgent()
    if (scope === 'user' && !mayActFor(caller, scopeId)) throw unknownChannel(channel, scopeId)
  }
  if (right === 'publish' && !maySpeak(caller, declaration, scope)) throw systemChannel(channel)
}

function isShared(scope: Place['scope']): boolean {
  return scope === 'global' || scope === 'tenant'
}

/** Where only the system publishes, whoever looks after a tenant does so in its place, and no agent and no user. */
function maySpeak({ run }: Caller, { publisher }: Declaration, scope: Place['scope']): boolean {
  return publisher !== 'system' || (!run && isShared(scope))
}

/** What the caller may do with a channel, or with any of those below where the declaration is for all of them. */
export function mayUse(caller: Caller, declaration: Declaration, right: Right): boolean {
  const { run, principal } = caller
  if (right === 'publish' && !maySpeak(caller, declaration, declaration.scope)) return false
  if (run) return covers(run.agent.channels?.[right] ?? [], declaration)
  if (isShared(declaration.scope)) return mayAccess(principal, 'substrate:tenant')
  return declaration.scope === 'user' && mayAccess(principal, right === 'publish' ? 'channel:publish' : 'channel:read')
}

function covers(patterns: readonly string[], { name }: Declaration): boolean {
  if (!name.endsWith('/*')) return matchesChannel(patterns, name)
  const below = name.slice(0, -1)
  return patterns.some(
    (pattern) => pattern.startsWith(below) || (pattern.endsWith('/*') && below.startsWith(pattern.slice(0, -1))),
  )
}

function ownerIn({ userId, run }: Caller, declaration: Declaration, documentScope: Target['documentScope']): Owner {
  const scope = (declaration.source === 'builtin' ? documentScope : undefined) ?? declaration.scope
  const scopeId = scope === 'agent' ? (run?.agent.name ?? '') : scope === 'user' ? userId : ''
  if (scope === 'user' && scopeId === '') {
    throw new ToolError(`${declaration.name} is a user’s, and this run has no user`)
  }
  return { scope, scopeId }
}

function mayActFor({ principal }: Caller, userId: string): boolean {
  return isAdmin(principal) || principal.subject === userId
}

/** As whom the caller publishes. */
export function senderOf({ run, principal }: Caller): string {
  return run ? run.agent.name : `user:${principal.subject}`
}

function readerName({ run, principal }: Caller): string {
  return run ? run.agent.name : `http:${principal.subject}`
}

/** All who read a queue share its messages; everybody who reads a topic gets every one. */
function readerOf({ semantic }: Declaration, name: string): string {
  return semantic === 'queue' ? '' : name
}

function notDeclared(channel: string): RuntimeError {
  return new RuntimeError(
    'channel_not_declared',
    `the channel ${channel.slice(0, 256)} is not declared; channels in the configuration would do that`,
  )
}

function unknownChannel(channel: string, userId: string): RuntimeError {
  return new RuntimeError('unknown_channel', `there is no channel ${channel.slice(0, 256)} of ${userId}`)
}

function ofAgent(): RuntimeError {
  return new RuntimeError('scope_agent_invalid', 'channels of an agent are for the agent; use "global" or "user"')
}

function systemChannel(channel: string): RuntimeError {
  return new RuntimeError('system_channel', `only the system publishes on ${channel}`)
}
