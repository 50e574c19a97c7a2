import { RuntimeError } from '@loomcycle/proto'
import type { AgentDefinition, ModelChoice } from '../../ground/config/config.ts'
import type { Provider } from '../providers/provider.ts'
import type { ResolvedModel, ResolveModel } from './resolve.ts'
import type { RunRoute } from './run-route.ts'
import { providerMeant, setUpOf } from './set-up-of.ts'

/** A turn that is about to be asked for. */
export interface RouteRequest {
  tenantId: string
  userId: string
  agent: AgentDefinition
  /** What its run began with, and may run on; null where nobody kept that. */
  began: ModelChoice | null
  route: RunRoute | null
  userTier: string | undefined
}

/** Which model answers a turn; asked for each. Throws where there is none (`isWithoutModel`). */
export type Route = (request: RouteRequest) => Promise<ResolvedModel>

/** The model that a run began with answers all of its turns, or the one that it has fallen back to, or nobody does. */
export function routeAsBegun(providers: ReadonlyMap<string, Provider>, resolveModel: ResolveModel): Route {
  return async ({ agent, began, route, userTier }) => {
    const choice = route?.now ?? began
    if (!choice) return resolveModel(agent, userTier)
    const provider = providerMeant(choice.provider, providers)
    if (provider) return { provider, model: choice.model }
    throw new RuntimeError(
      'model_unavailable',
      `This run ${route?.now ? 'went on' : 'began'} with ${choice.model} of ${choice.provider}, which is not set up any more; ${setUpOf(choice.provider)} and start again, or end the run and go on with its session on another model.`,
    )
  }
}
