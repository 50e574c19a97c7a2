import type { Bus } from '../bus.ts'
import type { Clock } from '../clock.ts'
import type { Timings } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { BrowserSessions } from './browser-sessions.ts'
import { tokenFingerprint } from './fingerprint.ts'
import { Guesses } from './guesses.ts'
import { SignInLog } from './sign-in-log.ts'

export interface Identity {
  authenticate: Authenticate
  sessions: BrowserSessions
  log: SignInLog
}

export interface IdentityDependencies {
  db: Database
  clock: Clock
  bus: Bus
  /** Others on the same store let people in, and out, too. */
  isShared: boolean
  config: { authToken?: string | undefined; timings: Pick<Timings, 'browserSessionAge' | 'browserSessionIdle'> }
  telemetry: Telemetry
  logLine(line: string): void
}

/** Who may come in; ends what another token had let in. */
export async function createIdentity({
  db,
  clock,
  bus,
  isShared,
  config,
  telemetry,
  logLine,
}: IdentityDependencies): Promise<Identity> {
  const { authToken, timings } = config
  const log = new SignInLog(clock, logLine)
  const sessions = new BrowserSessions({
    db,
    clock,
    bus,
    isShared,
    telemetry,
    madeWith: authToken === undefined ? '' : await tokenFingerprint(authToken),
    lifetime: { maxAgeMs: timings.browserSessionAge, idleMs: timings.browserSessionIdle },
  })
  const count = await sessions.endMadeOtherwise()
  if (count > 0) log.write({ event: 'sessions_ended', count, why: 'token_changed' })
  return { sessions, log, authenticate: createAuthenticate({ authToken, sessions, guesses: new Guesses(clock), log }) }
}
