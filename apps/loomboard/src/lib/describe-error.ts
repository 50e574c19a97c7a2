import { AuthError, BackpressureError, LoomcycleError, NotFoundError, UnavailableError } from '@loomcycle/client'

export interface ErrorWords {
  reason: string
  hint?: string
}

/** An error in words for the person who met it. */
export function describeError(error: unknown): ErrorWords {
  if (error instanceof AuthError) return { reason: 'You are signed out.', hint: 'Sign in again to go on.' }
  if (error instanceof BackpressureError && error.code !== 'too_many_attempts') {
    return { reason: 'The runtime has as much waiting as it takes.', hint: 'Try again in a moment.' }
  }
  if (error instanceof NotFoundError) return { reason: serverWords(error), hint: 'It may have been deleted.' }
  if (error instanceof UnavailableError) return { reason: serverWords(error), hint: 'Try again in a moment.' }
  if (error instanceof LoomcycleError) return { reason: serverWords(error) }
  if (isNetworkError(error)) {
    return { reason: 'The runtime does not answer.', hint: 'Is it running? The connection comes back by itself.' }
  }
  return { reason: error instanceof Error ? error.message : String(error) }
}

/** The platform's own error of a request that reached nobody. */
export function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && !(error instanceof LoomcycleError)
}

/** A JSON envelope's sentence, or the plain text that it is. */
function serverWords(error: LoomcycleError): string {
  try {
    const body: unknown = JSON.parse(error.message)
    if (body && typeof body === 'object' && 'error' in body && typeof body.error === 'string') return body.error
  } catch {
    // Plain text, as most envelopes are.
  }
  return error.message.trim() || 'The runtime refused.'
}
