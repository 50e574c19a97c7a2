import type { AgentDefinition, Routing } from '../../ground/config/config.ts'
import type { Availability } from './availability.ts'
import { cascadeFor, firstOf, userTierOf, whyNone } from './cascade.ts'
import type { Catalogue } from './catalogue.ts'
import { isWithoutModel, tierInWords } from './resolve.ts'

interface LackOfTierDeps {
  config: Routing
  availability: Pick<Availability, 'lackOf'>
  catalogue: Pick<Catalogue, 'all'>
}

/**
 * Why an agent with a tier would be refused now, for users that have no tier of their own; undefined where it would not be,
 * as far as is known.
 */
export async function lackOfTier(
  { config, availability, catalogue }: LackOfTierDeps,
  agent: AgentDefinition,
): Promise<string | undefined> {
  try {
    const user = userTierOf(config)
    const cascade = cascadeFor(agent, user, config)
    // What those have that say so is heard by whoever keeps track of it.
    await Promise.all([...new Set(cascade.map(({ provider }) => provider))].map((id) => catalogue.all(id)))
    const { chosen, passed } = firstOf(cascade, availability.lackOf)
    return chosen ? undefined : `It has ${tierInWords(agent, passed, whyNone(agent, user, config))}.`
  } catch (error) {
    if (isWithoutModel(error)) return error.message
    throw error
  }
}
