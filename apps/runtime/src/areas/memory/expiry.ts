import type { Entry } from './store.ts'

/** The wire's member for when a value will be forgotten; nothing where it stays. */
export function expiry({ expiresAt }: Pick<Entry, 'expiresAt'>): { expires_at?: string } {
  return expiresAt === null ? {} : { expires_at: new Date(expiresAt).toISOString() }
}

const FOREVER = 8.64e15

/** Later than a date can say is as good as never. */
export function expiresAfter(now: number, ttlSeconds: number | undefined): number | null {
  if (ttlSeconds === undefined) return null
  const at = now + ttlSeconds * 1000
  return at > FOREVER ? null : at
}
