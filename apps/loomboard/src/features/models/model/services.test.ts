import type { wire } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { hasModel, otherServices, type Told, toServices } from './services.ts'
import { unserved } from './unserved.ts'

const now = '2026-03-01T12:00:00Z'
const model = (id: string, more: Partial<wire.CatalogueModel> = {}): wire.CatalogueModel => ({ id, ...more })
const service = (provider: string, ...models: wire.CatalogueModel[]): wire.CatalogueProvider => ({ provider, models })
const well: wire.ResolverProviderAvailability = {
  ...{ excluded: false, reachable: true, models: {}, last_check: now, source: 'environment' },
}
const absent = (to_set_up: string): wire.ResolverProviderAvailability => ({
  ...{ excluded: true, reachable: false, models: {}, to_set_up },
})

function told(
  providers: wire.CatalogueProvider[],
  states: wire.ResolverMatrix['providers'] = {},
  more: Partial<Told> = {},
): Told {
  const scripted = { ...service('scripted', model('demo')), scripted: true }
  return {
    catalogue: { providers: [scripted, ...providers] },
    matrix: { generated_at: now, providers: { scripted: { ...well, source: 'builtin' }, ...states } },
    ...more,
  }
}

const healthOf = (state: Partial<wire.ResolverProviderAvailability>, listed = service('a', model('m'))) =>
  toServices(told([listed], { a: { ...well, ...state } })).find(({ id }) => id === 'a')!.health

const usesOf = (all: Told, id: string) =>
  Object.fromEntries(
    toServices(all)
      .find((one) => one.id === id)!
      .models.map(({ id, uses }) => [id, uses.map(({ kind, name }) => `${kind} ${name}`)]),
  )

describe('how a service is doing', () => {
  it('is what is known of it and its models, the worst first', () => {
    const state = { listed: true, stalled: false }
    expect(healthOf({})).toBe('well')
    expect(healthOf({ reachable: false, last_error: 'connection refused' })).toBe('silent')
    expect(healthOf({ models: { m: { ...state, stalled: true } } })).toBe('failed')
    expect(healthOf({ models: { m: { ...state, rate_limited_until: '2026-03-01T12:00:01Z' } } })).toBe('resting')
    expect(healthOf({ models: { m: { ...state, rate_limited_until: '2026-03-01T11:59:59Z' } } })).toBe('well')
    expect(healthOf({}, service('a'))).toBe('empty')
    const { last_check: _, ...unasked } = well
    expect(toServices(told([service('a')], { a: unasked }))[0]!.health).toBe('unasked')
  })

  it('is what the catalogue says to those who are told no more', () => {
    const { matrix: _, ...all } = told([{ ...service('a', model('m')), error: 'no answer' }, service('b', model('m'))])
    expect(toServices(all).map(({ id, health, error }) => [id, health, error])).toEqual([
      ['a', 'silent', 'no answer'],
      ['b', 'well', undefined],
      ['scripted', 'script', undefined],
    ])
  })

  it('is no model where there are only scripts', () => {
    expect(hasModel(toServices(told([])))).toBe(false)
    expect(hasModel(toServices(told([service('a')], { a: well })))).toBe(true)
  })

  it('is told of those that are not set up by what to do', () => {
    const states = { openai: { ...absent('set OPENAI_API_KEY'), key_variable: 'OPENAI_API_KEY' } }
    expect(otherServices(told([], states).matrix)).toEqual([
      { id: 'openai', toSetUp: 'set OPENAI_API_KEY', keyVariable: 'OPENAI_API_KEY' },
    ])
  })
})

describe('who uses a model', () => {
  const agent = (name: string, definition: Record<string, unknown>) => ({ name, definition })

  it('is told by its names, tiers and agents; who names only the service uses its usual one', () => {
    const all = told(
      [{ ...service('a', model('m'), model('n')), default: true, default_model: 'm' }, service('b', model('m'))],
      { a: well, b: well },
      {
        agents: [
          agent('plain', {}),
          agent('named', { provider: 'b', model: 'm' }),
          agent('by alias', { model: 'fast' }),
          agent('of a tier', { tier: 'low' }),
          agent('code', { code: 'x' }),
        ],
        routing: {
          generated_at: now,
          admin: true,
          user_tiers: [
            {
              name: 'default',
              fallback_on_error: false,
              tiers: [{ tier: 'low', cascade: [{ provider: 'a', model: 'n', primary: true }] }],
            },
          ],
        },
      },
    )
    all.catalogue.aliases = { fast: { provider: 'a', model: 'n' } }
    expect(usesOf(all, 'a')).toEqual({
      m: ['agent plain'],
      n: ['alias fast', 'tier low', 'agent by alias'],
    })
    expect(usesOf(all, 'b')).toEqual({ m: ['agent named'] })
  })

  it('finds a model by its name without a tag or a date, and says of one that is not listed', () => {
    const on = (name: string) => agent(name, { provider: 'a', model: name })
    const all = told(
      [service('a', model('qwen:latest'), model('sonnet-20250929'), model('sonnet-mini'))],
      { a: well },
      { agents: ['qwen', 'sonnet', 'gone'].map(on) },
    )
    const { models } = toServices(all)[0]!
    expect(usesOf(all, 'a')).toEqual({
      'qwen:latest': ['agent qwen'],
      'sonnet-20250929': ['agent sonnet'],
      'sonnet-mini': [],
      gone: ['agent gone'],
    })
    expect(models[0]).toMatchObject({ id: 'gone', trouble: 'unlisted' })
  })

  it('goes to the service that a name stands for', () => {
    const all = told(
      [service('ollama-local', model('qwen'))],
      { 'ollama-local': well, ollama: { ...absent('set OLLAMA_API_KEY'), stand_in: 'ollama-local' } },
      { agents: [agent('home', { provider: 'ollama', model: 'qwen' })] },
    )
    expect(usesOf(all, 'ollama-local')).toEqual({ qwen: ['agent home'] })
  })
})

describe('what nothing serves', () => {
  const tier = (...cascade: { provider: string; model: string }[]): Partial<Told> => ({
    routing: {
      generated_at: now,
      admin: true,
      user_tiers: [
        {
          ...{ name: 'default', fallback_on_error: false },
          tiers: [{ tier: 'low', cascade: cascade.map((one) => ({ ...one, primary: false })) }],
        },
      ],
    },
  })
  const states = { a: well, b: absent('set B_KEY') }

  it('is a tier of which no model can be had, with what to do; one is enough', () => {
    const [there, away] = [
      { provider: 'a', model: 'm' },
      { provider: 'b', model: 'm' },
    ]
    expect(unserved(told([service('a', model('m'))], states, tier(away, there)))).toEqual([])
    expect(unserved(told([service('a', model('m'))], states, tier(away)))).toEqual([
      { use: { kind: 'tier', name: 'low' }, why: 'b is not set up: set B_KEY, and start the runtime again.' },
    ])
  })

  it('is a name for what is not there, and an agent that lacks its model', () => {
    const all = told([service('a', model('m'))], {
      a: { ...well, models: { gone: { listed: false, stalled: false } } },
    })
    all.catalogue.aliases = { good: { provider: 'a', model: 'm' }, bad: { provider: 'a', model: 'gone' } }
    const lacking = (kind: wire.Lack['kind']) => ({ name: kind, lacks: [{ kind, name: 'x', why: 'So.' }] })
    expect(unserved(all, [lacking('model'), lacking('tool')]).map(({ use, why }) => [use.name, why])).toEqual([
      ['bad', 'a does not list gone.'],
      ['model', 'So.'],
    ])
  })
})
