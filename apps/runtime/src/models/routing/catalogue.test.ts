import { describe, expect, it } from 'vitest'
import type { Provider } from '../providers/provider.ts'
import { Catalogue } from './catalogue.ts'
import { Listings } from './listings.ts'

function aProvider(more: Partial<Provider> & Pick<Provider, 'id'>): Provider {
  return {
    async *stream() {},
    listModels: async () => ['small', 'large'],
    capabilities: (model) => ({ thinking: model === 'large', vision: false }),
    preferredModel: () => 'small',
    ...more,
  }
}

function catalogueOf(providers: Provider[], defaults: { provider?: string; model?: string } = {}) {
  let now = 1_700_000_000_000
  const all = new Map(providers.map((provider) => [provider.id, provider]))
  const aliases = { best: { provider: 'openai', model: 'large' } }
  const listings = new Listings({ now: () => now })
  const catalogue = new Catalogue({
    config: { defaults, aliases, windows: { 'openai/small': 8_192 } },
    providers: all,
    listings,
  })
  return { catalogue, pass: (ms: number) => void (now += ms) }
}

describe('the catalogue of models', () => {
  it('has the services that are set up, with their models in order, and which are used where nobody chooses', async () => {
    const { catalogue } = catalogueOf([aProvider({ id: 'openai' }), aProvider({ id: 'scripted' })])
    const models = [{ id: 'large', effort: true }, { id: 'small' }]
    const ofOpenai = [models[0], { id: 'small', context_window: 8_192 }]
    const read_at = '2023-11-14T22:13:20.000Z'
    expect(await catalogue.list()).toEqual({
      providers: [
        { provider: 'openai', default: true, default_model: 'small', models: ofOpenai, read_at },
        { provider: 'scripted', scripted: true, default_model: 'small', models, read_at },
      ],
      aliases: { best: { provider: 'openai', model: 'large' } },
    })
  })

  it('goes by what is configured', async () => {
    const { catalogue } = catalogueOf([aProvider({ id: 'a' }), aProvider({ id: 'b' })], {
      provider: 'b',
      model: 'large',
    })
    expect((await catalogue.list()).providers).toMatchObject([
      { provider: 'a' },
      { default: true, default_model: 'large' },
    ])
  })

  it('says which service did not answer, and what it named before', async () => {
    let isDown = false
    const listModels = async () => {
      if (isDown) throw new Error('openai: nobody is there')
      return ['small']
    }
    const { catalogue, pass } = catalogueOf([aProvider({ id: 'openai', listModels }), aProvider({ id: 'b' })])
    await catalogue.list()
    isDown = true
    pass(300_000)
    expect((await catalogue.list()).providers).toMatchObject([
      { models: [{ id: 'small' }], error: 'openai: nobody is there' },
      { models: [{ id: 'large' }, { id: 'small' }] },
    ])
    isDown = false
    pass(30_000)
    expect((await catalogue.list()).providers[0]!.error).toBeUndefined()
  })

  it('asks once for all who want to know at the same time, and not again for a while', async () => {
    let asked = 0
    const listModels = async () => [`model ${++asked}`]
    const { catalogue, pass } = catalogueOf([aProvider({ id: 'openai', listModels })])
    await Promise.all([catalogue.list(), catalogue.list()])
    pass(299_999)
    await catalogue.list()
    expect(asked).toBe(1)
    await catalogue.list(true)
    expect(asked).toBe(2)
    pass(2_999)
    await catalogue.list(true)
    expect(asked).toBe(2)
  })

  it('has what a service says of its models, asked anew before long', async () => {
    let isLoaded = false
    const describeModels = async () => new Map([['large', { sizeBytes: 9e9, isLoaded, contextWindow: 40_960 }]])
    const { catalogue, pass } = catalogueOf([aProvider({ id: 'ollama-local', describeModels })])
    const large = async () => (await catalogue.list()).providers[0]!.models
    expect(await large()).toEqual([
      { id: 'large', effort: true, context_window: 40_960, size_bytes: 9e9, loaded: false },
      { id: 'small' },
    ])
    isLoaded = true
    pass(2_999)
    expect((await large())[0]).toMatchObject({ loaded: false })
    pass(1)
    expect((await large())[0]).toMatchObject({ loaded: true })
  })

  it('has a service that has no model for conversations, without a usual one', async () => {
    const preferredModel = () => {
      throw new Error('none for chat')
    }
    const { catalogue } = catalogueOf([aProvider({ id: 'openai', preferredModel })])
    expect((await catalogue.list()).providers[0]!.default_model).toBeUndefined()
  })
})
