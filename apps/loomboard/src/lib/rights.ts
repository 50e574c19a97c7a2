import type { WhoamiResponse } from '@loomcycle/client'

/** Whether somebody may know of all that goes on in their tenant; until it is known who they are, they may not. */
export function runsTenant(me: Pick<WhoamiResponse, 'is_admin' | 'scopes'> | undefined): boolean {
  return me !== undefined && (me.is_admin || me.scopes.includes('substrate:tenant'))
}
