import type { Limits } from '../config/config.ts'
import { Gauge, type QuotaDependencies } from './gauge.ts'
import { measureSessions } from './store.ts'

interface Owner {
  tenantId: string
  userId: string
}

/** Runs write by themselves. */
const longestFreshMs = 60_000

/** How many sessions a user, and a tenant, may have, and how much may be stored in them. */
export class SessionQuotas {
  readonly #sessions: Gauge<Owner>[]
  readonly #bytes: Gauge<Owner>[]

  constructor({ db, clock, freshMs = longestFreshMs }: QuotaDependencies, limits: Limits['sessions']) {
    const gauges = (of: 'sessions' | 'bytes', name: string, what: string) => {
      const now = () => clock.now()
      const setting = (owner: string) => `LOOMCYCLE_SESSIONS_MAX_${owner}_${of.toUpperCase()}`
      const perUser = {
        name: `${name}_per_user`,
        what: `${what} of this user`,
        setting: setting('USER'),
        limit: limits.perUser[of],
      }
      const perTenant = {
        name: `${name}_per_tenant`,
        what: `${what} of this tenant`,
        setting: setting('TENANT'),
        limit: limits.perTenant[of],
      }
      const measureUser = async (owner: Owner) => (await measureSessions(db, owner))[of]
      const measureTenant = async ({ tenantId }: Owner) => (await measureSessions(db, { tenantId }))[of]
      const keyOfUser = ({ tenantId, userId }: Owner) => JSON.stringify([tenantId, userId])
      return [
        new Gauge<Owner>(perUser, { now, freshMs, keyOf: keyOfUser, measure: measureUser }),
        new Gauge<Owner>(perTenant, { now, freshMs, keyOf: ({ tenantId }) => tenantId, measure: measureTenant }),
      ]
    }
    this.#sessions = gauges('sessions', 'sessions', 'sessions')
    this.#bytes = gauges('bytes', 'session_bytes', 'bytes stored in sessions')
  }

  /** Before something is said, which is so long: in a session of its own, or in one there is. */
  async take(owner: Owner, { sessions, bytes }: { sessions: number; bytes: number }): Promise<void> {
    for (const gauge of [...this.#sessions, ...this.#bytes]) await gauge.read(owner)
    for (const gauge of this.#sessions) gauge.take(owner, sessions)
    for (const gauge of this.#bytes) gauge.take(owner, bytes)
  }
}
