import type { Usage } from '@loomcycle/proto'
import type { GatewayDeps } from './deps.ts'

/** One call of a model service, as it ended. */
export interface GatewayCall {
  requestId: string
  kind: 'chat' | 'embeddings'
  tenantId: string
  userId: string
  provider: string
  model: string
  /** Undefined where the service was left or failed before it said. */
  usage: Usage | undefined
}

/** Every call that came to a service ends here, once. The answer does not wait until it is counted. */
export function callEnded({ telemetry, ledger }: Pick<GatewayDeps, 'telemetry' | 'ledger'>, call: GatewayCall) {
  const { requestId, kind, tenantId, userId, provider, model, usage } = call
  const labels = { provider, model }
  telemetry.count('gateway.calls', 1, { ...labels, kind })
  telemetry.count('tokens.input', usage?.input_tokens ?? 0, labels)
  telemetry.count('tokens.output', usage?.output_tokens ?? 0, labels)
  const counted = { input_tokens: usage?.input_tokens, output_tokens: usage?.output_tokens }
  telemetry.log('debug', `gateway ${kind}`, {
    request: requestId,
    tenant: tenantId,
    user: userId,
    ...labels,
    ...counted,
  })
  if (!usage) return
  ledger.record({ tenantId, userId, provider, model, usage }).catch((error: unknown) => {
    telemetry.log('error', 'a call of the gateway was not counted', {
      request: requestId,
      ...labels,
      error: String(error),
    })
  })
}
