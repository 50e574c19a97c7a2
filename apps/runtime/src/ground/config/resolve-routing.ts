import { type Tier, tiers } from '@loomcycle/proto'
import { type AgentDefinition, ConfigError, type ModelChoice, type Pin, type Routing, type Tiers } from './config.ts'
import type { CandidateFields, ConfigFile, TierFields, UserTierFields } from './config-file.ts'
import { completePin, knownProvider, type SetUp } from './resolve-agent.ts'

/** What a file says, and the services there are, and those of them that are set up. */
export interface Sources {
  file: ConfigFile
  setUp: SetUp
}

const usualFallbacks = 3

/** Which models stand for tiers, for whom, and which services go first. */
export function routingFromFile(sources: Sources): Omit<Routing, 'defaults'> {
  const { provider_priority, tiers: shared, user_tiers } = sources.file
  if (user_tiers && !Object.hasOwn(user_tiers, 'default')) {
    throw new ConfigError(
      'user_tiers has no entry "default", which is for everybody of whom nothing else is said; add one, which may be empty: {}.',
    )
  }
  const userTiers: Routing['userTiers'] = Object.create(null)
  for (const [name, fields] of Object.entries(user_tiers ?? {})) userTiers[name] = userTier(name, fields, sources)
  return {
    providerPriority: provider_priority && providersOf(provider_priority, 'provider_priority', sources),
    tiers: tiersOf(shared, 'tiers', sources),
    userTiers,
  }
}

function userTier(name: string, fields: UserTierFields, sources: Sources): Routing['userTiers'][string] {
  const at = `user_tiers.${name}`
  return {
    name,
    providerPriority: fields.provider_priority && providersOf(fields.provider_priority, at, sources),
    tiers: tiersOf(fields.tiers, `${at}.tiers`, sources),
    fallbackOnError: fields.fallback_on_error ?? false,
    maxFallbackAttempts: fields.max_fallback_attempts ?? usualFallbacks,
    retryAttempts: fields.retry_attempts,
    rateLimitCooldownMs: fields.rate_limit_cooldown_ms,
  }
}

/** The names that models have in a file, and what they stand for; those without a service are what agents choose between. */
export function aliasesFromFile(sources: Sources): Record<string, ModelChoice> {
  const aliases: Record<string, ModelChoice> = Object.create(null)
  for (const name of Object.keys(sources.file.models ?? {})) {
    const { provider, model } = completePin({ model: name }, sources.file, `models.${name}`, sources.setUp)
    if (provider && model) aliases[name] = { provider, model }
  }
  return aliases
}

/**
 * An agent with what the file says of what it leaves open: its model, unless it has a tier in place of one, and whole
 * candidates. Throws a `ConfigError` for what contradicts itself.
 */
export function completeAgent(agent: AgentDefinition, saidBy: string, sources: Sources): AgentDefinition {
  const { provider, model, tier } = agent
  const providers = agent.providers && providersOf(agent.providers, `${saidBy}.providers`, sources)
  const models = agent.models && tiersOf(agent.models, `${saidBy}.models`, sources)
  const whole = { ...agent, ...(providers && { providers }), ...(models && { models }) }
  if (tier === undefined) return { ...whole, ...pinWithin({ provider, model }, providers, saidBy, sources) }
  if (provider === undefined && model === undefined) return whole
  throw new ConfigError(
    `${saidBy} has both a ${provider === undefined ? 'model' : 'provider'} and the tier ${tier}; one of them says what it runs on: leave the other out.`,
  )
}

/** Where only some services may be used, what is left open is one of theirs, and a model of another is a mistake. */
function pinWithin(pin: Pin, providers: readonly string[] | undefined, saidBy: string, { file, setUp }: Sources): Pin {
  const whole = completePin(pin, file, saidBy, setUp)
  if (!providers || (whole.provider !== undefined && providers.includes(whole.provider))) return whole
  if (!pin.provider && !pin.model) return { provider: undefined, model: undefined }
  const isNamed = pin.provider !== undefined || Object.hasOwn(file.models ?? {}, pin.model!)
  if (!isNamed) return { provider: providers[0], model: pin.model }
  throw new ConfigError(
    `${saidBy} runs on ${whole.provider}, which is not among its providers (${providers.join(', ')}); name one of those, or add it.`,
  )
}

function providersOf(ids: readonly string[], saidBy: string, { setUp }: Sources): string[] {
  if (ids.length === 0) {
    throw new ConfigError(
      `${saidBy} is empty, so nothing could run; name the services to use, or leave it out for any.`,
    )
  }
  return [...new Set(ids.map((id) => knownProvider(id, saidBy, setUp)!))]
}

function tiersOf(fields: TierFields | Tiers | undefined, saidBy: string, sources: Sources): Tiers {
  const said = Object.entries(fields ?? {}) as [string, readonly CandidateFields[]][]
  return Object.fromEntries(
    said.map(([tier, candidates]) => [
      tierNamed(tier, saidBy),
      candidates.map((candidate) => choiceOf(candidate, `${saidBy}.${tier}`, sources)),
    ]),
  )
}

function tierNamed(name: string, saidBy: string): Tier {
  const tier = tiers.find((known) => known === name)
  if (tier) return tier
  throw new ConfigError(`${saidBy} has the tier "${name}", which there is not; use ${tiers.join(', ')}.`)
}

function choiceOf(candidate: CandidateFields, saidBy: string, { file, setUp }: Sources): ModelChoice {
  const pin: Pin = typeof candidate === 'string' ? { model: candidate } : candidate
  const { provider, model } = completePin(pin, file, saidBy, setUp)
  const isName = pin.provider !== undefined || Object.hasOwn(file.models ?? {}, pin.model!)
  if (provider && model && (isName || typeof candidate !== 'string')) return { provider, model }
  throw new ConfigError(
    `${saidBy} names "${pin.model}", which is not under models; add it there, or write { provider: …, model: … }.`,
  )
}

/** A tier of an agent of which nobody says what it is: its runs are refused. */
export function tierWarnings(
  { name, tier, models }: AgentDefinition,
  { tiers: shared, userTiers }: Omit<Routing, 'defaults'>,
): string[] {
  if (tier === undefined || models?.[tier] || shared[tier]) return []
  const lacking = Object.values(userTiers).filter((user) => !user.tiers[tier])
  if (Object.keys(userTiers).length > 0 && lacking.length === 0) return []
  const whose = lacking.length > 0 ? ` for the user tiers ${lacking.map((user) => user.name).join(', ')}` : ''
  return [
    `Agent ${name} has the tier ${tier}, for which there are no models${whose}; its runs are refused. Name some under tiers.${tier}.`,
  ]
}
