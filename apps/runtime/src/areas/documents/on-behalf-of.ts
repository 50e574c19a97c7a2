import type { Actor, Place } from '../../ground/identity/place.ts'
import type { Caller } from '../../tools/caller.ts'

/** The runtime itself, which writes at a place what somebody has had done. */
export function onBehalfOf({ tenantId, scopeId }: Place, userId: string, actor: Actor): Caller {
  const principal = {
    ...{ tenantId, subject: userId, scopes: ['substrate:tenant'] },
    ...{ legacy: false, open: false, viaCookie: false },
  }
  return {
    ...{ principal, actor, tenantId, userId, focus: { scopeId } },
    ...{ door: 'process' as const, signal: new AbortController().signal },
  }
}
