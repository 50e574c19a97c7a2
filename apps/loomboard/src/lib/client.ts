import { AuthError, LoomcycleClient } from '@loomcycle/client'
import { Connection } from './connection.ts'
import { isNetworkError } from './describe-error.ts'

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export const connection: Connection = new Connection({ now: () => Date.now(), probe: () => client.health(), after })

/** The one client. Its credential is the session cookie: no script ever holds a token. */
export const client: LoomcycleClient = new LoomcycleClient({
  baseUrl: location.origin,
  environment: {
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    onWake: (wake) => connection.onWake(wake),
  },
})

/** Tells the connection what an error says about it. */
export function noteError(error: unknown): void {
  if (error instanceof AuthError) connection.signedOut()
  else if (isNetworkError(error)) connection.unanswered()
}

export function watchConnection(): void {
  addEventListener('online', () => connection.wake(true))
  addEventListener('pageshow', ({ persisted }) => persisted && connection.wake(true))
  document.addEventListener('resume', () => connection.wake(true))
  addEventListener('offline', () => connection.unanswered())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && connection.wake())
}
