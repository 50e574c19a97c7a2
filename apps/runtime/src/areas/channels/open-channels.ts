import { builtin, type Declaration } from '../../ground/config/channel-declarations.ts'
import type { Caller } from '../../tools/caller.ts'
import { mayUse } from './access.ts'
import type { ChannelContext } from './context.ts'
import { listDeclared } from './store.ts'

export interface OpenChannel {
  declaration: Declaration
  publish: boolean
  subscribe: boolean
}

/** The channels that a caller may use, and for what. */
export async function listOpenChannels(
  { db, configured }: Pick<ChannelContext, 'db' | 'configured'>,
  caller: Caller,
): Promise<OpenChannel[]> {
  const all = [...Object.values(configured), ...(await listDeclared(db.read, caller.tenantId)), ...builtin]
  return all
    .map((declaration) => ({
      declaration,
      publish: mayUse(caller, declaration, 'publish'),
      subscribe: mayUse(caller, declaration, 'subscribe'),
    }))
    .filter(({ publish, subscribe }) => publish || subscribe)
}
