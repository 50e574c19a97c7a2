import { type ChannelDescriptor, type ChannelSemantic, RuntimeError } from '@loomcycle/proto'
import { builtin, type Declaration, findBuiltin } from '../../ground/config/channel-declarations.ts'
import { isChannelPattern } from '../../ground/config/channel-names.ts'
import { keepAnswer } from '../../ground/idempotency/idempotency.ts'
import { asOneOfMany, nextSlice } from '../../ground/in-slices.ts'
import type { Caller } from '../../tools/caller.ts'
import type { ChannelContext } from './context.ts'
import { toCursor, visibleAt } from './cursor.ts'
import { findDeclaration } from './find-declaration.ts'
import {
  type ChannelTotals,
  deleteCursorsOf,
  deleteDeclaration,
  deleteMessagesOf,
  findDeclared,
  lastMessage,
  listCursorsOf,
  listDeclared,
  listTotals,
  putDeclaration,
} from './store.ts'

const deletedAtOnce = 2000

/** How far an agent has read. */
export async function listCursors({ db }: ChannelContext, { tenantId }: Caller, agent: string) {
  const cursors = await listCursorsOf(db.read, tenantId, agent)
  return cursors.map((row) => ({
    channel: row.channel,
    tenant_id: row.tenant_id,
    scope: row.scope,
    scope_id: row.scope_id,
    cursor: toCursor(row.position),
    updated_at: new Date(row.updated_at).toISOString(),
  }))
}

/** Declared ones, and those that only have messages. Changes of documents are left out: there are as many as documents. */
export async function listChannels(ctx: ChannelContext, caller: Caller): Promise<ChannelDescriptor[]> {
  const { tenantId } = caller
  const totals = await totalsOf(ctx, caller)
  const byName = new Map(totals.map((total) => [total.channel, total]))
  const declared = [...Object.values(ctx.configured), ...(await listDeclared(ctx.db.read, tenantId)), ...builtin]
  const known = new Set(declared.map(({ name }) => name))
  const others: ChannelDescriptor[] = []
  for (const total of totals) {
    if (known.has(total.channel) || findBuiltin(total.channel)) continue
    const family = await findDeclaration(ctx.db.read, ctx.configured, tenantId, total.channel)
    others.push(family ? describe({ ...family, name: total.channel }, total) : orphan(total))
  }
  return [...declared.map((declaration) => describe(declaration, byName.get(declaration.name))), ...others].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  )
}

export interface NewChannel extends ChannelChange {
  name: string
  scope?: Declaration['scope']
  publisher?: string
  period?: string
}

export async function createChannel(ctx: ChannelContext, caller: Caller, channel: NewChannel) {
  const { tenantId } = caller
  const { name, publisher = '' } = channel
  if (!isChannelPattern(name) || /^_(system|await|broadcast)(\/|$)/.test(name) || findBuiltin(name)) {
    throw new RuntimeError(
      'invalid_request',
      `${JSON.stringify(name.slice(0, 80))} is not a name for a channel; use letters, digits, _ and -, with / between parts`,
    )
  }
  if (publisher !== '' && publisher !== 'system') {
    throw new RuntimeError('invalid_request', 'publisher must be empty or "system"')
  }
  if (Object.hasOwn(ctx.configured, name)) throw immutable(name)
  const declaration: Declaration = withChange(
    {
      name,
      scope: channel.scope ?? 'global',
      semantic: 'queue',
      source: 'runtime',
      ...(publisher ? { publisher } : {}),
      ...(channel.period ? { period: channel.period } : {}),
    },
    channel,
  )
  await ctx.quotas.takeChannel(tenantId)
  const answer = describe(declaration, (await totalsOf(ctx, caller, name))[0])
  await ctx.db.transaction(async (tx) => {
    if ((await findDeclared(tx, tenantId, [name])).length > 0) {
      throw new RuntimeError('channel_name_in_use', `the channel ${name} is declared already`)
    }
    await putDeclaration(tx, tenantId, declaration, ctx.clock.now())
    await keepAnswer(tx, caller.keyed, answer, ctx.clock.now())
  })
  return answer
}

export interface ChannelChange {
  description?: string
  semantic?: ChannelSemantic
  /** 0 for none. */
  default_ttl?: number
  /** 0 for no limit. */
  max_messages?: number
}

export async function updateChannel(ctx: ChannelContext, caller: Caller, name: string, change: ChannelChange) {
  const { tenantId } = caller
  const declaration = await ctx.db.transaction(async (tx) => {
    const [current] = await findDeclared(tx, tenantId, [name])
    if (!current) throw notChangeable(ctx, name)
    const changed = withChange(current, change)
    await putDeclaration(tx, tenantId, changed, ctx.clock.now())
    return changed
  })
  return describe(declaration, (await totalsOf(ctx, caller, name))[0])
}

export async function deleteChannel(ctx: ChannelContext, caller: Caller, name: string): Promise<void> {
  const { tenantId } = caller
  if ((await findDeclared(ctx.db.read, tenantId, [name])).length === 0) throw notChangeable(ctx, name)
  await deleteAllMessages(ctx, tenantId, name)
  await ctx.db.transaction(async (tx) => {
    if ((await findDeclared(tx, tenantId, [name])).length === 0) throw notChangeable(ctx, name)
    await deleteDeclaration(tx, tenantId, name)
    // What came meanwhile.
    await deleteMessagesOf(tx, { tenantId, name })
    await deleteCursorsOf(tx, tenantId, name)
    await keepAnswer(tx, caller.keyed, undefined, ctx.clock.now())
  })
}

/** Of every scope. How far anybody has read stays. */
export async function purgeChannel(ctx: ChannelContext, { tenantId }: Caller, name: string): Promise<number> {
  const purged = await deleteAllMessages(ctx, tenantId, name)
  if (purged === 0 && !(await findDeclaration(ctx.db.read, ctx.configured, tenantId, name))) throw notFound(name)
  return purged
}

/** Those that are there now, some at a time. */
async function deleteAllMessages({ db }: ChannelContext, tenantId: string, name: string): Promise<number> {
  const upTo = await lastMessage(db)
  for (let deleted = 0; ; ) {
    const some = await asOneOfMany(() =>
      db.transaction((tx) => deleteMessagesOf(tx, { tenantId, name }, { upTo, limit: deletedAtOnce })),
    )
    deleted += some
    if (some < deletedAtOnce) return deleted
    await nextSlice()
  }
}

function withChange(declaration: Declaration, change: ChannelChange): Declaration {
  const { description, defaultTtl, maxMessages, ...rest } = declaration
  const ttl = change.default_ttl ?? defaultTtl
  const max = change.max_messages ?? maxMessages
  const text = change.description ?? description
  return {
    ...rest,
    semantic: change.semantic ?? declaration.semantic,
    ...(text ? { description: text } : {}),
    ...(ttl ? { defaultTtl: ttl } : {}),
    ...(max ? { maxMessages: max } : {}),
  }
}

/** Of all channels, or of one. */
function totalsOf({ db, ticks, clock }: ChannelContext, caller: Caller, name?: string): Promise<ChannelTotals[]> {
  return listTotals(db.aside(caller), { tenantId: caller.tenantId, name }, ticks.horizon(), clock.now())
}

function describe(declaration: Declaration, total: ChannelTotals | undefined): ChannelDescriptor {
  const { name, scope, semantic, description, publisher, period, defaultTtl, maxMessages, source } = declaration
  return {
    name,
    scope,
    semantic,
    source,
    ...(description ? { description } : {}),
    ...(publisher ? { publisher } : {}),
    ...(period ? { period } : {}),
    ...(defaultTtl ? { default_ttl: defaultTtl } : {}),
    ...(maxMessages ? { max_messages: maxMessages } : {}),
    ...counted(total),
  }
}

function orphan(total: ChannelTotals): ChannelDescriptor {
  return { name: total.channel, scope: total.scope, source: 'orphan', ...counted(total) }
}

function counted(total: ChannelTotals | undefined) {
  const time = (position: string) => new Date(visibleAt(position)).toISOString()
  return {
    message_count: total?.count ?? 0,
    ...(total?.oldest ? { oldest_visible_at: time(total.oldest) } : {}),
    ...(total?.newest ? { newest_visible_at: time(total.newest) } : {}),
  }
}

function notChangeable(ctx: ChannelContext, name: string): RuntimeError {
  return Object.hasOwn(ctx.configured, name) ? immutable(name) : notFound(name)
}

function immutable(name: string): RuntimeError {
  return new RuntimeError(
    'channel_yaml_immutable',
    `the channel ${name} is declared in the configuration file and can only be changed there`,
  )
}

function notFound(name: string): RuntimeError {
  return new RuntimeError('channel_not_found', `there is no channel ${name}`)
}
