import { describe, expect, it } from 'vitest'
import type { Provider } from '../providers/provider.ts'
import { Windows } from './windows.ts'

function aProvider(more: Partial<Provider> = {}): Provider {
  return {
    id: 'openai',
    async *stream() {},
    listModels: async () => [],
    capabilities: () => ({ thinking: false, vision: false }),
    preferredModel: () => 'm',
    ...more,
  }
}

const windows = (configured: Record<string, number> = {}) => {
  let now = 0
  const clock = { now: () => now, after: () => () => {} }
  return { pass: (ms: number) => void (now += ms), windows: new Windows({ clock, configured, guess: 32_000 }) }
}

describe('the window of a model', () => {
  it('is a guess where nobody says', async () => {
    expect(await windows().windows.of({ provider: aProvider(), model: 'm' })).toEqual({ tokens: 32_000, isGuess: true })
  })

  it('is what it was set to, over what its service says, over what is known of the service', async () => {
    const capabilities = () => ({ contextWindow: 128_000, thinking: false, vision: false })
    const provider = aProvider({ capabilities, contextWindow: async () => 64_000 })
    const of = (configured: Record<string, number>) => windows(configured).windows.of({ provider, model: 'm' })
    expect(await of({})).toEqual({ tokens: 64_000, isGuess: false })
    expect(await of({ m: 20_000 })).toEqual({ tokens: 20_000, isGuess: false })
    expect(await of({ m: 20_000, 'openai/m': 10_000 })).toEqual({ tokens: 10_000, isGuess: false })
    const known = aProvider({ capabilities })
    expect(await windows().windows.of({ provider: known, model: 'm' })).toEqual({ tokens: 128_000, isGuess: false })
  })

  it('is no larger than what was refused', async () => {
    const { windows: all } = windows({ m: 20_000 })
    all.refused('openai', 'm', 8192)
    expect(await all.of({ provider: aProvider(), model: 'm' })).toEqual({ tokens: 8192, isGuess: false })
    all.refused('openai', 'm', 40_000)
    expect(await all.of({ provider: aProvider(), model: 'm' })).toEqual({ tokens: 20_000, isGuess: false })
    all.refused('openai', 'n', 4096)
    expect(await all.of({ provider: aProvider(), model: 'n' })).toEqual({ tokens: 4096, isGuess: false })
  })

  it('is asked for once, and again after a while where there was no answer', async () => {
    let asked = 0
    const contextWindow = async () => {
      if (++asked === 1) throw new Error('down')
      return 64_000
    }
    const { pass, windows: all } = windows()
    const of = () => all.of({ provider: aProvider({ contextWindow }), model: 'm' })
    expect(await of()).toEqual({ tokens: 32_000, isGuess: true })
    expect(await of()).toEqual({ tokens: 32_000, isGuess: true })
    expect(asked).toBe(1)
    pass(60_000)
    expect(await of()).toEqual({ tokens: 32_000, isGuess: true })
    expect(await of()).toEqual({ tokens: 64_000, isGuess: false })
    expect(await of()).toEqual({ tokens: 64_000, isGuess: false })
    expect(asked).toBe(2)
  })
})
