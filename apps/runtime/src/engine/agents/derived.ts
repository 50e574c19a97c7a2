import type { AgentOverrides } from '@loomcycle/proto'
import type { AgentDefinition, Config, Pin } from '../../ground/config/config.ts'

type Completing = Pick<Config, 'completePin' | 'completeAgent'>

/**
 * An agent with other settings, for one conversation. It has its base's name, and so its memory, its channels and its
 * documents: it is the same agent on another model. Everything it may do is its base's as well, as that is when a run
 * begins: what the base is given or loses, its conversations have or lose with their next run. Where a version of the base
 * was named, it is that one that counts; where the base is gone, no run begins.
 */
export function deriveAgent(
  base: AgentDefinition,
  overrides: AgentOverrides,
  { completePin, completeAgent }: Completing,
): AgentDefinition {
  const { effort, max_tokens, max_iterations, sampling, compaction, tier } = overrides
  const pin = pinOf(base, overrides, completePin)
  const isPinned = pin.provider !== undefined || pin.model !== undefined
  const runsOn = {
    ...base,
    ...(isPinned && { tier: undefined }),
    ...pin,
    ...(tier && { tier, ...(!isPinned && { provider: undefined, model: undefined }) }),
  }
  return {
    // Only where it runs is said anew: its base is whole.
    ...(isPinned || tier ? completeAgent(runsOn, 'overrides') : base),
    ...(effort && { effort }),
    ...(max_tokens && { maxTokens: max_tokens }),
    ...(max_iterations && { maxIterations: max_iterations }),
    ...(sampling && { sampling: { ...base.sampling, ...sampling } }),
    ...(compaction && { compaction: { ...base.compaction, ...compaction } }),
  }
}

/** A service without a model is that one’s own choice; a model without a service is the base’s, or a name of the file’s. */
function pinOf(
  base: Pin,
  { provider, model }: AgentOverrides,
  completePin: Config['completePin'],
): { provider?: string | undefined; model?: string | undefined } {
  if (!provider && !model) return {}
  const who = 'overrides.provider'
  if (provider) return completePin({ provider, ...(model && { model }) }, who)
  const named = completePin({ model: model! }, who)
  const isName = named.model !== model || named.provider !== completePin({}, who).provider
  return isName || !base.provider ? named : { provider: base.provider, model: model! }
}
