import { RuntimeError } from '@loomcycle/proto'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Provider } from '../providers/provider.ts'
import type { ResolvedModel, ResolveModel } from './resolve.ts'
import { providerMeant, setUpOf } from './set-up-of.ts'

export interface ModelChoice {
  provider: string
  model: string
}

/** A turn that is about to be asked for. */
export interface RouteRequest {
  tenantId: string
  userId: string
  agent: AgentDefinition
  /** What its run began with; null where nobody kept that. */
  began: ModelChoice | null
}

/** Which model answers a turn; asked for each. Throws `model_unavailable`. */
export type Route = (request: RouteRequest) => Promise<ResolvedModel>

/** The model that a run began with answers all of its turns, or nobody does. */
export function routeAsBegun(providers: ReadonlyMap<string, Provider>, resolveModel: ResolveModel): Route {
  return async ({ agent, began }) => {
    if (!began) return resolveModel(agent)
    const provider = providerMeant(began.provider, providers)
    if (provider) return { provider, model: began.model }
    throw new RuntimeError(
      'model_unavailable',
      `This run began with ${began.model} of ${began.provider}, which is not set up any more; ${setUpOf(began.provider)} and start again, or end the run and go on with its session on another model.`,
    )
  }
}
