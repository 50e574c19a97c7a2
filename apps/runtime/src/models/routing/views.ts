import {
  type ProviderModels,
  type ResolverMatrix,
  type ResolverProviderAvailability,
  type RoutingChoice,
  type RoutingView,
  RuntimeError,
  tiers,
} from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { Config, Routing, UserTier } from '../../ground/config/config.ts'
import type { ServiceAccess, ServiceSettings } from '../../ground/config/model-services.ts'
import { ollamaLocal } from '../providers/ollama/services.ts'
import type { Provider } from '../providers/provider.ts'
import { modelServices } from '../providers/registry.ts'
import type { Availability, ServiceState } from './availability.ts'
import { cascadeFor, firstOf } from './cascade.ts'
import type { Listings } from './listings.ts'
import type { Probes } from './probes.ts'
import { providerMeant, setUpOf } from './set-up-of.ts'

export interface RoutingDeps {
  config: Routing & Pick<Config, 'providers' | 'ownServices'>
  providers: ReadonlyMap<string, Provider>
  listings: Listings
  availability: Availability
  probes: Probes
  clock: Pick<Clock, 'now'>
  /** What came of looking for one on this machine, where nobody has named any. */
  soughtOllama(): { at: number; lack: string } | undefined
}

/** Every service there is, those that are not set up as well. */
export function resolverMatrix(deps: RoutingDeps): ResolverMatrix {
  const { config, providers, availability, clock } = deps
  const services = [...modelServices, ...config.ownServices]
  const ids = new Set([...providers.keys(), ...services.map(({ id }) => id)])
  const now = clock.now()
  const aboutOne = (id: string): ResolverProviderAvailability => ({
    ...(providers.has(id) ? stateOf(availability.services.get(id), now) : notSetUp(id, deps)),
    ...variablesOf(services.find((service) => service.id === id)),
    ...(providers.has(id) && { source: sourceOf(config.providers[id]) }),
  })
  return {
    generated_at: new Date(now).toISOString(),
    providers: Object.fromEntries([...ids].map((id) => [id, aboutOne(id)])),
  }
}

function notSetUp(id: string, { config, providers, soughtOllama }: RoutingDeps): ResolverProviderAvailability {
  const sought = id === ollamaLocal.id ? soughtOllama() : undefined
  const standIn = providerMeant(id, providers)
  const own = config.ownServices.find((service) => service.id === id)
  return {
    excluded: true,
    reachable: false,
    models: {},
    to_set_up: own ? `set ${own.keyVariable}` : setUpOf(id),
    ...(standIn && { stand_in: standIn.id }),
    ...(sought && { last_check: new Date(sought.at).toISOString(), last_error: sought.lack }),
  }
}

function variablesOf({ keyVariable, baseUrlVariable }: Partial<ServiceSettings> = {}) {
  return {
    ...(keyVariable && { key_variable: keyVariable }),
    ...(baseUrlVariable && { address_variable: baseUrlVariable }),
  }
}

function sourceOf(access: ServiceAccess | undefined): NonNullable<ResolverProviderAvailability['source']> {
  if (!access) return 'builtin'
  if (access.own) return 'file'
  return access.isFound ? 'found' : 'environment'
}

function stateOf(service: ServiceState | undefined, now: number): ResolverProviderAvailability {
  const { reachable = true, models = new Map(), lastCheck, lastError, lastFailure } = service ?? {}
  return {
    excluded: false,
    reachable,
    models: Object.fromEntries(
      [...models].map(([model, { listed, stalled, coolingUntil = 0 }]) => [
        model,
        { listed, stalled, ...(coolingUntil > now && { rate_limited_until: new Date(coolingUntil).toISOString() }) },
      ]),
    ),
    ...(lastCheck !== undefined && { last_check: new Date(lastCheck).toISOString() }),
    ...(lastError !== undefined && { last_error: lastError }),
    ...(lastFailure && { last_failure: { ...lastFailure, at: new Date(lastFailure.at).toISOString() } }),
  }
}

export async function probeNow(deps: RoutingDeps): Promise<ResolverMatrix> {
  await deps.probes.ask()
  return resolverMatrix(deps)
}

export async function providerModels({ providers, listings }: RoutingDeps, id: string): Promise<ProviderModels> {
  const provider = providerMeant(id, providers)
  if (!provider) {
    if (!modelServices.some((service) => service.id === id)) {
      const known = [...new Set([...providers.keys(), ...modelServices.map((service) => service.id)])]
      throw new RuntimeError(
        'provider_unknown',
        `there is no model service ${JSON.stringify(id.slice(0, 128))}; there are ${known.join(', ')}`,
      )
    }
    throw new RuntimeError('provider_unavailable', `${id} is not set up; ${setUpOf(id)} and start again`)
  }
  const { at, tookMs, models, error } = await listings.of(provider, true)
  if (error !== undefined) throw new RuntimeError('provider_list_failed', error)
  return { provider: id, fetched_at: new Date(at).toISOString(), duration_ms: tookMs, models: models.toSorted() }
}

/** What agents with a tier run on that say nothing else; how the models are doing is for operators. */
export function routingView(deps: RoutingDeps, isAdmin: boolean): RoutingView {
  const { config } = deps
  const users = Object.values(config.userTiers)
  const { generated_at, providers } = resolverMatrix(deps)
  return {
    generated_at,
    admin: isAdmin,
    ...(isAdmin && { providers }),
    user_tiers: (users.length > 0 ? users : [undefined]).map((user) => ({
      name: user?.name ?? 'default',
      fallback_on_error: user?.fallbackOnError ?? false,
      tiers: tiers
        .map((tier) => ({ tier, cascade: cascadeOf(deps, tier, user, isAdmin) }))
        .filter(({ cascade }) => cascade.length > 0),
    })),
  }
}

function cascadeOf(
  { config, availability, clock }: RoutingDeps,
  tier: (typeof tiers)[number],
  user: UserTier | undefined,
  isAdmin: boolean,
): RoutingChoice[] {
  const cascade = cascadeFor({ name: tier, tier }, user, config)
  const { chosen } = firstOf(cascade, availability.lackOf)
  return cascade.map((choice, i) => {
    const said = { ...choice, primary: i === 0 }
    if (!isAdmin) return said
    const service = availability.services.get(choice.provider)
    const state = service?.models.get(choice.model)
    return {
      ...said,
      available: availability.lackOf(choice) === undefined,
      selected: choice === chosen,
      reachable: service?.reachable ?? true,
      stalled: state?.stalled ?? false,
      rate_limited: (state?.coolingUntil ?? 0) > clock.now(),
    }
  })
}
