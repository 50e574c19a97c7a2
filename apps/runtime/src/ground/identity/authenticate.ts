import { RuntimeError } from '@loomcycle/proto'
import type { BrowserSessions } from './browser-sessions.ts'
import { sameSecret } from './fingerprint.ts'
import type { Guesses } from './guesses.ts'
import { operator, type Principal } from './principal.ts'
import type { SignInLog } from './sign-in-log.ts'

/** What a door was shown, and where it came from. */
export interface Credential {
  shown: { kind: 'bearer' | 'unreadable'; secret: string } | { kind: 'cookie'; secrets: readonly string[] } | undefined
  address: string
  /** The web app asks, so far as a browser's headers say so. */
  isWebApp: boolean
}

export type Authenticate = (credential: Credential) => Promise<Principal>

export interface AuthenticateDependencies {
  /** Undefined: everybody is the operator. */
  authToken: string | undefined
  sessions: BrowserSessions
  guesses: Guesses
  log: SignInLog
}

/** From a credential to who is asking, by the token or by the session of a browser; throws where it is neither. */
export function createAuthenticate({ authToken, sessions, guesses, log }: AuthenticateDependencies): Authenticate {
  if (authToken === undefined) {
    return async ({ isWebApp }) => ({ ...operator, open: true, viaCookie: isWebApp })
  }
  return async ({ shown, address }) => {
    if (!shown) throw new RuntimeError('unauthorized', 'unauthorized')
    if (shown.kind === 'cookie') {
      // Its 256 random bits cannot be guessed, so it is good wherever it comes from.
      for (const secret of shown.secrets) {
        const session = await sessions.find(secret, address)
        if (!session) continue
        const { id, tenant_id, subject } = session
        return { ...operator, tenantId: tenant_id, subject, legacy: true, viaCookie: true, sessionId: id }
      }
      // A browser that was signed out goes on sending it; counted as guesses, it would lock out whoever shares its address.
      log.write({ event: 'credential_refused', address, door: 'cookie', reason: 'wrong' })
      throw new RuntimeError('unauthorized', 'unauthorized')
    }
    const door = 'bearer'
    try {
      guesses.check(address)
    } catch (error) {
      log.write({ event: 'credential_refused', address, door, reason: 'too_many_attempts' })
      throw error
    }
    if (shown.kind === 'bearer' && sameSecret(shown.secret, authToken)) {
      guesses.right(address)
      return { ...operator, legacy: true }
    }
    guesses.wrong(address, shown.secret)
    log.write({ event: 'credential_refused', address, door, reason: 'wrong' })
    throw new RuntimeError('unauthorized', 'unauthorized')
  }
}
