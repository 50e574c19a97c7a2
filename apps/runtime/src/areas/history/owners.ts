import { createHash } from 'node:crypto'
import type { Reach } from './access.ts'

/** Whose a conversation is. */
export interface Owners {
  tenantId: string
  userId: string
  agent: string
}

/** What each text of a conversation has in the full-text index, for every reach that it is in. */
export function ownerTokens({ tenantId, userId, agent }: Owners): string {
  return [token(tenantId), token(tenantId, userId), token(tenantId, userId, agent)].join(' ')
}

/** A full-text query, of the texts within a reach. */
export function within({ tenantId, userId, agent }: Reach, match: string): string {
  const said = `words : (${match})`
  if (tenantId === undefined) return said
  const owner = userId === undefined ? [] : agent === undefined ? [userId] : [userId, agent]
  return `owners : ${token(tenantId, ...owner)} AND ${said}`
}

/** Letters and digits only, so that the index takes it for one word. */
function token(...parts: string[]): string {
  return `o${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)}`
}
