import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Embedder } from './embedder.ts'

/**
 * Why an agent’s words are not for an embedder: it may use some services only, and that is none of them. Undefined where
 * they are, and for whoever is no agent.
 */
export function whyNotEmbed(
  { provider }: Pick<Embedder, 'provider'>,
  agent: Pick<AgentDefinition, 'name' | 'providers'> | undefined,
): string | undefined {
  // The stub asks nobody.
  if (!agent?.providers || provider === 'stub' || agent.providers.includes(provider)) return undefined
  return `the agent ${agent.name} may use ${agent.providers.join(', ')} alone, and what makes vectors is ${provider}`
}
