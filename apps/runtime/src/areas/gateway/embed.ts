import { RuntimeError } from '@loomcycle/proto'
import { refuseWhileClosed } from '../../engine/runs/start-run.ts'
import { userOf } from '../../ground/identity/principal.ts'
import { newGatewayId } from '../../ground/ids.ts'
import { ProviderFailure } from '../../models/providers/provider.ts'
import type { OutsideCaller } from '../../tools/caller.ts'
import { callEnded } from './call-ended.ts'
import type { GatewayDeps } from './deps.ts'
import { failureOf } from './failure-of.ts'

export interface EmbedRequest {
  texts: readonly string[]
  /** As the program calls it. */
  model: string | undefined
  dimensions: number | undefined
  userId: string | undefined
}

export interface EmbedAnswer {
  vectors: readonly Float32Array[]
  /** 0 where nobody counts. */
  tokens: number
  model: string
  warnings: readonly string[]
}

/** Texts as vectors. Throws a `RuntimeError`. */
export async function embed(deps: GatewayDeps, caller: OutsideCaller, request: EmbedRequest): Promise<EmbedAnswer> {
  const { embedder, slots } = deps
  refuseWhileClosed(deps)
  if (!embedder) {
    throw new RuntimeError(
      'embedder_not_configured',
      'There is no embedder; name one under memory.embedder in the configuration file (openai, gemini, voyage or ollama), or set LOOMCYCLE_EMBEDDER_STUB=1 to try without a service.',
    )
  }
  const { texts, dimensions } = request
  const { provider, model } = embedder
  const userId = userOf(caller.principal, request.userId)
  await deps.tokenLimits.admit({ tenantId: caller.tenantId, userId }, provider)
  const slot = await slots.admit(userId, caller.signal)
  let tokens: number | undefined
  try {
    const made = await embedder.ask(texts, { dimensions }, caller.signal)
    ;({ tokens } = made)
    const { vectors } = made
    return { vectors, tokens: tokens ?? 0, model: request.model ?? model, warnings: warningsOf(deps, request, vectors) }
  } catch (error) {
    throw error instanceof ProviderFailure ? failureOf(deps, error, 'embed_failed') : error
  } finally {
    slot.release()
    const usage = tokens === undefined ? undefined : { input_tokens: tokens, output_tokens: 0 }
    const { tenantId } = caller
    callEnded(deps, { requestId: newGatewayId(), kind: 'embeddings', tenantId, userId, provider, model, usage })
  }
}

function warningsOf({ embedder }: GatewayDeps, asked: EmbedRequest, vectors: readonly Float32Array[]): string[] {
  const { provider, model } = embedder!
  const isOther = asked.model !== undefined && ![model, `${provider}/${model}`].includes(asked.model)
  const length = vectors[0]?.length
  const isLonger = asked.dimensions !== undefined && length !== undefined && length !== asked.dimensions
  return [
    ...(isOther ? [`${provider}/${model} made the vectors, not ${asked.model!.slice(0, 128)}`] : []),
    ...(isLonger ? [`${provider}/${model} makes ${length} dimensions, not ${asked.dimensions}`] : []),
  ]
}
