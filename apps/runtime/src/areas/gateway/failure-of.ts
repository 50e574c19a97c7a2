import { type ErrorCode, RuntimeError } from '@loomcycle/proto'
import { noPlace } from '../../models/calls/call-queue.ts'
import type { ProviderFailure } from '../../models/providers/provider.ts'
import { readRefusal } from '../../models/providers/refusals.ts'
import type { GatewayDeps } from './deps.ts'

/** Statuses by which a service finds fault with what was asked. That it does not let us in is no fault of who asked us. */
const ofTheRequest = [400, 409, 413, 415, 422]

/** What a failed call is to the program: its own mistake, a reason to wait, or a service that fails. */
export function failureOf(
  { redactor }: Pick<GatewayDeps, 'redactor'>,
  failure: ProviderFailure,
  otherwise: ErrorCode,
): RuntimeError {
  const message = redactor.text(failure.message)
  const { failureClass, status, hints } = failure
  const refusal = readRefusal(failure.message)
  if (refusal)
    return new RuntimeError(refusal.cause === 'too_long' ? 'context_length_exceeded' : 'provider_refused', message)
  if (failureClass === 'deprecated') return new RuntimeError('model_not_found', message, { param: 'model' })
  const wait =
    hints.retryAfterMs === undefined ? {} : { retry_after_s: Math.max(1, Math.ceil(hints.retryAfterMs / 1000)) }
  if (failure.code === noPlace) return new RuntimeError(noPlace, message, wait)
  if (status === 429 || hints.retryAfterMs !== undefined) {
    return new RuntimeError('provider_rate_limited', message, wait)
  }
  const isOurs = failureClass === 'permanent' && status !== undefined && ofTheRequest.includes(status)
  return new RuntimeError(isOurs ? 'provider_refused' : otherwise, message)
}
