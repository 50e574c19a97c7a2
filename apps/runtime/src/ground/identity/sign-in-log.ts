import type { Clock } from '../clock.ts'
import { Recent } from '../recent.ts'
import { neighbourhoodOf } from './address.ts'

export type SignInEvent =
  | { event: 'credential_refused'; address: string; door: 'bearer' | 'cookie'; reason: 'wrong' | 'too_many_attempts' }
  | { event: 'signed_in'; address: string; session: string; browser: string; door: 'bearer' | 'address_bar' }
  | { event: 'signed_out'; address: string; session: string }
  | { event: 'sessions_ended'; address?: string; sessions?: string[]; count: number; why: 'asked' | 'token_changed' }

const everyMs = 1000
const maxPlaces = 1000

/** One line of JSON for whoever watches the door; never a credential. Refusals: one a second from a place. */
export class SignInLog {
  readonly #clock: Clock
  readonly #line: (line: string) => void
  readonly #refusals = new Recent<string, { loggedAt: number; since: number }>(maxPlaces)

  constructor(clock: Clock, line: (line: string) => void) {
    this.#clock = clock
    this.#line = line
  }

  write(event: SignInEvent) {
    if (event.event !== 'credential_refused') return this.#print(event)
    const now = this.#clock.now()
    const place = neighbourhoodOf(event.address)
    const last = this.#refusals.get(place)
    if (last && now - last.loggedAt < everyMs) {
      last.since++
      return
    }
    this.#refusals.set(place, { loggedAt: now, since: 0 })
    this.#print(last?.since ? { ...event, unlogged_before: last.since } : event)
  }

  #print(event: object) {
    this.#line(JSON.stringify({ at: new Date(this.#clock.now()).toISOString(), ...event }))
  }
}
