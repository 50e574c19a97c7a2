import type { Access, OpAccess } from '@loomcycle/proto'

export interface Owner {
  tenantId: string
  subject: string
}

/** Who is asking; made from the credential, never from a body. */
export interface Principal extends Owner {
  scopes: readonly string[]
  /** The shared secret was used; the caller may name the user it acts for. */
  legacy: boolean
  /** No token is configured. */
  open: boolean
  /** The browser's cookie carried the credential. */
  viaCookie: boolean
  /** The one that the cookie names. */
  sessionId?: string
}

/** Where the shared secret leads, and where the runtime tells of itself. */
export const operatorTenant = 'default'

/** Whoever runs the runtime, before they have said how they come in. */
export const operator: Principal = {
  ...{ tenantId: operatorTenant, subject: 'default', scopes: ['substrate:admin'] },
  ...{ legacy: false, open: false, viaCookie: false },
}

export function isAdmin(principal: Principal): boolean {
  return principal.scopes.includes('substrate:admin')
}

const implied: Record<string, readonly string[]> = {
  'substrate:tenant': ['runs:create', 'runs:read', 'channel:publish', 'channel:read'],
}

export function mayAccess(principal: Principal, access: Access | OpAccess): boolean {
  if (access === 'run') return false
  if (access === 'none' || access === 'any' || isAdmin(principal)) return true
  return principal.scopes.some((scope) => scope === access || implied[scope]?.includes(access))
}

/** Whether rows of this tenant exist for the caller; a foreign row and a missing row look the same. */
export function seesTenant(principal: Principal, tenantId: string): boolean {
  return isAdmin(principal) || principal.tenantId === tenantId
}

/** A real principal acts in its own name; the shared secret and an open runtime may name the user. */
export function userOf(principal: Principal, asked: string | undefined): string {
  return principal.open || principal.legacy ? asked || principal.subject : principal.subject
}
