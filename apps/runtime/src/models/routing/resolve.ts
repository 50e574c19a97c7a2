import { type ErrorCode, RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import { codeJs } from '../../ground/config/code-agents.ts'
import type { AgentDefinition, Config, ModelChoice, Routing, UserTier } from '../../ground/config/config.ts'
import type { Provider } from '../providers/provider.ts'
import type { Availability } from './availability.ts'
import { cascadeFor, type FirstOf, firstOf, inWords, servicesFor, userTierOf, whyNone } from './cascade.ts'
import type { Listings } from './listings.ts'
import type { Probes } from './probes.ts'
import { type RunRoute, routeFor } from './run-route.ts'
import { providerMeant, setUpOf } from './set-up-of.ts'

export interface ResolvedModel {
  provider: Provider
  model: string
}

/** The model that a run begins with, and what it may go on with. */
export interface ChosenModel extends ResolvedModel {
  route: RunRoute
}

/** What an agent, or a request without one, says of the model it is to have. */
export type Wanted = Pick<AgentDefinition, 'provider' | 'model' | 'tier' | 'providers' | 'models'> & { name?: string }

/** Which model an agent begins with, for a user of that tier. */
export type ResolveModel = (wanted: Wanted, userTier: string | undefined) => Promise<ChosenModel>

const refusals: readonly ErrorCode[] = [
  'model_unavailable',
  'tier_unavailable',
  'tier_not_allowed',
  'unknown_user_tier',
]

/** There is no model to run on. */
export function isWithoutModel(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && refusals.includes(error.code)
}

/** The service of agents that name none. */
export function usualProvider(
  { defaults }: Pick<Config, 'defaults'>,
  providers: ReadonlyMap<string, Provider>,
): string {
  return defaults.provider ?? [...providers.keys()].find((name) => name !== 'scripted' && name !== codeJs) ?? 'scripted'
}

export interface ResolverDeps {
  config: Routing
  providers: ReadonlyMap<string, Provider>
  listings: Listings
  availability: Availability
  probes: Pick<Probes, 'begin' | 'ask'>
  clock: Pick<Clock, 'now'>
}

/**
 * Which model an agent begins with: its own, else the first of its tier that can be had, else the configured default, else
 * what a service prefers that it may run on.
 */
export function modelResolver(deps: ResolverDeps): ResolveModel {
  return async (agent, userTier) => {
    const user = userTierOf(deps.config, userTier)
    if (agent.tier !== undefined) {
      const cascade = cascadeFor(agent, user, deps.config)
      const chosen = await firstThatCanBeHad(deps, agent, cascade, user)
      return { ...chosen, route: routeFor(cascade, user) }
    }
    const services = agent.provider === undefined ? servicesFor(agent, user, deps.config) : undefined
    const chosen = await byName(deps, agent, services)
    return { ...chosen, route: routeFor([{ provider: chosen.provider.id, model: chosen.model }], user) }
  }
}

async function firstThatCanBeHad(
  { config, providers, availability, probes, clock }: ResolverDeps,
  agent: Wanted,
  cascade: readonly ModelChoice[],
  user: UserTier | undefined,
): Promise<ResolvedModel> {
  const services = [...new Set(cascade.map(({ provider }) => provider))]
  await probes.begin(services)
  let { chosen, passed } = firstOf(cascade, availability.lackOf)
  if (!chosen && cascade.some((choice) => availability.isWorthAsking(choice))) {
    // One that failed a while ago may be back.
    await probes.ask(services)
    ;({ chosen, passed } = firstOf(cascade, availability.lackOf))
  }
  if (chosen) return { provider: providers.get(chosen.provider)!, model: chosen.model }
  const again = availability.earliest(cascade)
  throw new RuntimeError(
    'tier_unavailable',
    `${inSentence(agent)} has ${tierInWords(agent, passed, whyNone(agent, user, config))}.`,
    again === undefined ? {} : { retry_after_s: Math.max(1, Math.ceil((again - clock.now()) / 1000)) },
  )
}

/** What it has, and why that is of no use; `otherwise`: why there is nothing to choose from. */
export function tierInWords({ tier }: Pick<Wanted, 'tier'>, passed: FirstOf['passed'], otherwise: string): string {
  const tried = passed.length > 0 ? inWords(passed) : otherwise
  return `the tier ${tier}, and none of its models can be had: ${tried}`
}

/** `services`: where agents that name no service run, in order; undefined: on the usual one. */
async function byName(
  { config, providers, listings }: ResolverDeps,
  agent: Wanted,
  services: readonly string[] | undefined,
): Promise<ResolvedModel> {
  const id = agent.provider ?? usualAmong(services, config, providers)
  if (agent.providers && !agent.providers.includes(id)) {
    throw new RuntimeError(
      'tier_not_allowed',
      `${inSentence(agent)} runs on ${id}, which is not among its providers (${agent.providers.join(', ')}).`,
    )
  }
  const provider = providerMeant(id, providers)
  if (!provider) {
    throw new RuntimeError(
      'model_unavailable',
      `${inSentence(agent)} runs on ${id}, which is not set up; ${setUpOf(id)} and start again.`,
    )
  }
  if (id === codeJs) return { provider, model: agent.model ?? agent.name ?? '' }
  const model = agent.model ?? (id === config.defaults.provider ? config.defaults.model : undefined)
  if (model) return { provider, model }
  const before = await listings.of(provider)
  // One that did not answer a while ago may do so now.
  const { models, error } = before.error === undefined ? before : await listings.of(provider, true)
  try {
    if (error !== undefined) throw new Error(error)
    return { provider, model: provider.preferredModel(models) }
  } catch (failure) {
    const cause = failure instanceof Error ? failure.message : String(failure)
    throw new RuntimeError(
      'model_unavailable',
      `No model could be chosen for ${agent.name ?? 'this request'}: ${cause}`,
    )
  }
}

function usualAmong(
  services: readonly string[] | undefined,
  config: Routing,
  providers: ReadonlyMap<string, Provider>,
): string {
  if (!services) return usualProvider(config, providers)
  const { provider } = config.defaults
  if (provider !== undefined && services.includes(provider)) return provider
  return services.find((id) => providers.has(id)) ?? services[0]!
}

function inSentence({ name }: Wanted): string {
  return name === undefined ? 'This request' : `The agent ${name}`
}
