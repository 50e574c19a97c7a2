import { type Tier, tiers } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../testing/fixed-seed.ts'
import type { ModelChoice, Routing, Tiers, UserTier } from '../../ground/config/config.ts'
import { candidatesFor, cascadeFor, firstOf, inWords, servicesFor, userTierOf } from './cascade.ts'

const services = ['a', 'b', 'c', 'd']
const choice = fc.record({ provider: fc.constantFrom(...services), model: fc.constantFrom('1', '2', '3') })
const choices = fc.array(choice, { minLength: 1, maxLength: 6 })
const someTiers = fc.record({ low: choices, high: choices }, { requiredKeys: [] }) as fc.Arbitrary<Tiers>
const order = fc.option(fc.shuffledSubarray(services, { minLength: 1 }), { nil: undefined })
const user: fc.Arbitrary<UserTier> = fc.record({
  name: fc.constant('u'),
  providerPriority: order as fc.Arbitrary<string[]>,
  tiers: someTiers,
  fallbackOnError: fc.boolean(),
  maxFallbackAttempts: fc.constant(3),
})
const routing = fc.record({
  defaults: fc.constant({}),
  providerPriority: order as fc.Arbitrary<string[]>,
  tiers: someTiers,
  userTiers: fc.constant({}),
}) as fc.Arbitrary<Routing>
const agent = fc.record({
  name: fc.constant('x'),
  tier: fc.constantFrom<Tier>(...tiers),
  providers: order as fc.Arbitrary<string[]>,
  models: fc.option(someTiers, { nil: undefined }) as fc.Arbitrary<Tiers>,
})
const same = (one: ModelChoice) => (other: ModelChoice) => one.provider === other.provider && one.model === other.model

describe('the model of a tier', () => {
  it('is the first that can be had, of those that agent, user and operator allow', () => {
    const anybody = fc.option(user, { nil: undefined })
    fc.assert(
      fc.property(agent, anybody, routing, fc.func(fc.boolean()), (agent, user, routing, isDown) => {
        let cascade: ModelChoice[]
        try {
          cascade = cascadeFor(agent, user, routing)
        } catch {
          // Only where nobody's services are the other's.
          expect(agent.providers!.some((id) => user!.providerPriority!.includes(id))).toBe(false)
          return
        }
        const own = agent.models?.[agent.tier] ?? user?.tiers[agent.tier] ?? routing.tiers[agent.tier] ?? []
        const library = agent.providers || user?.providerPriority ? services : (routing.providerPriority ?? services)
        const mayUse = ({ provider }: ModelChoice) =>
          [agent.providers ?? services, user?.providerPriority ?? services, library].every((ids) =>
            ids.includes(provider),
          )
        // Nothing else is ever tried, and nothing that may be is left out.
        expect(cascade.every((one) => mayUse(one) && own.some(same(one)))).toBe(true)
        expect(own.filter(mayUse)).toHaveLength(cascade.length)

        const ranks = servicesFor(agent, user, routing)
        const places = cascade.map(({ provider }) => ranks?.indexOf(provider) ?? 0)
        expect(places).toEqual(places.toSorted((a, b) => a - b))

        const { chosen, passed } = firstOf(cascade, (one) => (isDown(one) ? 'is down' : undefined))
        expect(passed.map((one) => one.choice)).toEqual(cascade.slice(0, passed.length))
        expect(chosen).toBe(cascade[passed.length])
        expect(passed.every((one) => isDown(one.choice))).toBe(true)
        if (chosen) expect(isDown(chosen)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('goes by service first, and within one as they are written', () => {
    const [a1, b1, a2] = [
      { provider: 'a', model: '1' },
      { provider: 'b', model: '1' },
      { provider: 'a', model: '2' },
    ]
    const config: Routing = { defaults: {}, tiers: { low: [a1, b1, a2] }, userTiers: {} }
    const agent = { name: 'x', tier: 'low' as const }
    expect(cascadeFor(agent, undefined, config)).toEqual([a1, b1, a2])
    expect(cascadeFor(agent, undefined, { ...config, providerPriority: ['b', 'a'] })).toEqual([b1, a1, a2])
    expect(cascadeFor({ ...agent, providers: ['a'] }, undefined, { ...config, providerPriority: ['b'] })).toEqual([
      a1,
      a2,
    ])
    expect(candidatesFor({ ...agent, models: { low: [b1] } }, undefined, config)).toEqual([b1])
    const { passed } = firstOf([a1, b1], () => 'is down')
    expect(inWords(passed)).toBe('a/1 is down; b/1 is down')
  })

  it('is refused where agent and user have no service in common', () => {
    const paid = { name: 'paid', providerPriority: ['b'], tiers: {}, fallbackOnError: false, maxFallbackAttempts: 3 }
    const config: Routing = { defaults: {}, tiers: {}, userTiers: { default: paid } }
    expect(() => servicesFor({ name: 'x', providers: ['a'] }, paid, config)).toThrow(
      'The agent x may run on a alone, and the user tier paid on b; it cannot be used with that tier.',
    )
  })

  it('knows the user tiers there are', () => {
    const tier = { name: 'default', tiers: {}, fallbackOnError: false, maxFallbackAttempts: 3 }
    const userTiers = { default: tier, paid: { ...tier, name: 'paid' } }
    expect(userTierOf({ userTiers })!.name).toBe('default')
    expect(userTierOf({ userTiers }, 'paid')!.name).toBe('paid')
    expect(() => userTierOf({ userTiers }, 'pade')).toThrow('unknown user_tier "pade"; did you mean paid?')
    expect(() => userTierOf({ userTiers }, 'constructor')).toThrow('there are default, paid')
    expect(userTierOf({ userTiers: {} }, 'whatever')).toBeUndefined()
  })
})
