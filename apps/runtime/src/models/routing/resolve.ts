import { RuntimeError } from '@loomcycle/proto'
import { codeJs } from '../../ground/config/code-agents.ts'
import type { AgentDefinition, Config } from '../../ground/config/config.ts'
import type { Provider } from '../providers/provider.ts'
import { providerMeant, setUpOf } from './set-up-of.ts'

export interface ResolvedModel {
  provider: Provider
  model: string
}

export type ResolveModel = (agent: AgentDefinition) => Promise<ResolvedModel>

const askForModelsMs = 10_000

/** The service of agents that name none. */
export function usualProvider(
  { defaults }: Pick<Config, 'defaults'>,
  providers: ReadonlyMap<string, Provider>,
): string {
  return defaults.provider ?? [...providers.keys()].find((name) => name !== 'scripted' && name !== codeJs) ?? 'scripted'
}

/** Which model an agent begins with: its own, else the configured default, else what the service prefers. */
export function modelResolver(
  config: Pick<Config, 'defaults'>,
  providers: ReadonlyMap<string, Provider>,
): ResolveModel {
  const preferred = new Map<string, Promise<string>>()

  function preferredModel(provider: Provider): Promise<string> {
    let asked = preferred.get(provider.id)
    if (!asked) {
      asked = provider.listModels(AbortSignal.timeout(askForModelsMs)).then((models) => provider.preferredModel(models))
      // A service that was down is asked again by the next run.
      asked.catch(() => preferred.delete(provider.id))
      preferred.set(provider.id, asked)
    }
    return asked
  }

  return async (agent) => {
    const id = agent.provider ?? usualProvider(config, providers)
    const provider = providerMeant(id, providers)
    if (!provider) {
      throw new RuntimeError(
        'model_unavailable',
        `The agent ${agent.name} runs on ${id}, which is not set up; ${setUpOf(id)} and start again.`,
      )
    }
    if (id === codeJs) return { provider, model: agent.model ?? agent.name }
    const model = agent.model ?? (id === config.defaults.provider ? config.defaults.model : undefined)
    if (model) return { provider, model }
    try {
      return { provider, model: await preferredModel(provider) }
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      throw new RuntimeError('model_unavailable', `No model could be chosen for ${agent.name}: ${cause}`)
    }
  }
}
