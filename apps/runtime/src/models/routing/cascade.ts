import { RuntimeError } from '@loomcycle/proto'
import type { AgentDefinition, ModelChoice, Routing, UserTier } from '../../ground/config/config.ts'
import { nearest } from '../../ground/validation.ts'

type Routed = Pick<AgentDefinition, 'tier' | 'providers' | 'models'> & { name?: string }

/** What holds for a user of that tier; undefined where no tiers are configured. Throws `unknown_user_tier`. */
export function userTierOf({ userTiers }: Pick<Routing, 'userTiers'>, name = 'default'): UserTier | undefined {
  const names = Object.keys(userTiers)
  const found = Object.hasOwn(userTiers, name) ? userTiers[name] : undefined
  if (found || names.length === 0) return found
  const close = nearest(name, names)
  throw new RuntimeError(
    'unknown_user_tier',
    `unknown user_tier ${JSON.stringify(name.slice(0, 128))}; ${close ? `did you mean ${close}?` : `there are ${names.join(', ')}`}`,
  )
}

/**
 * The services that may be used, in order; undefined: any. Who limits an agent and who limits a user are both heard, in
 * the order of the agent. Throws `tier_not_allowed` where that leaves none.
 */
export function servicesFor(
  { name, providers }: Routed,
  user: UserTier | undefined,
  { providerPriority }: Pick<Routing, 'providerPriority'>,
): readonly string[] | undefined {
  if (!providers || !user?.providerPriority) return providers ?? user?.providerPriority ?? providerPriority
  const both = providers.filter((id) => user.providerPriority!.includes(id))
  if (both.length > 0) return both
  throw new RuntimeError(
    'tier_not_allowed',
    `The agent ${name} may run on ${providers.join(', ')} alone, and the user tier ${user.name} on ${user.providerPriority.join(', ')}; it cannot be used with that tier.`,
  )
}

/** The models that stand for the tier of an agent: its own before those of the user’s tier before those for all. */
export function candidatesFor(
  { tier, models }: Routed,
  user: UserTier | undefined,
  { tiers }: Pick<Routing, 'tiers'>,
): readonly ModelChoice[] {
  return tier === undefined ? [] : (models?.[tier] ?? user?.tiers[tier] ?? tiers[tier] ?? [])
}

/** Those in the order they are tried: by service first, where services have an order. Throws `tier_not_allowed`. */
export function cascadeFor(agent: Routed, user: UserTier | undefined, routing: Routing): ModelChoice[] {
  const candidates = candidatesFor(agent, user, routing)
  const services = servicesFor(agent, user, routing)
  if (!services) return [...candidates]
  return services.flatMap((service) => candidates.filter(({ provider }) => provider === service))
}

/** Why there is nothing to choose from. */
export function whyNone(agent: Routed, user: UserTier | undefined, routing: Routing): string {
  const named = [...new Set(candidatesFor(agent, user, routing).map(({ provider }) => provider))]
  if (named.length === 0) return `none is named for it; name some under tiers.${agent.tier}`
  const services = servicesFor(agent, user, routing)?.join(', ')
  return `those that are named for it are of ${named.join(', ')}, and it may use ${services} alone`
}

/** Why a model is not taken; undefined where it can be. */
export type Lack = (choice: ModelChoice) => string | undefined

export interface FirstOf {
  chosen: ModelChoice | undefined
  /** Those before it, and why not. */
  passed: { choice: ModelChoice; why: string }[]
}

/** The first that can be had. */
export function firstOf(cascade: readonly ModelChoice[], lackOf: Lack): FirstOf {
  const passed: FirstOf['passed'] = []
  for (const choice of cascade) {
    const why = lackOf(choice)
    if (why === undefined) return { chosen: choice, passed }
    passed.push({ choice, why })
  }
  return { chosen: undefined, passed }
}

export function inWords(passed: FirstOf['passed']): string {
  return passed.map(({ choice: { provider, model }, why }) => `${provider}/${model} ${why}`).join('; ')
}
