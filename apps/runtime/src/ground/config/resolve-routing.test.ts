import { describe, expect, it } from 'vitest'
import { load as loadFiles } from './testing/loaded.ts'

const load = (yaml: string) => loadFiles({ 'a.yaml': yaml })
const refused = (yaml: string) => load(yaml).then(String, (error: Error) => error.message)

describe('what agents run on', () => {
  it('is a tier, whose models are said by name, by half or whole', async () => {
    const { tiers, aliases, agents } = await load(`defaults: { provider: openai, model: gpt-4.1 }
models: { best: { provider: anthropic, model: claude-x }, small: {} }
tiers: { high: [best, { model: best }, { provider: deepseek, model: d }, { model: gpt-9 }] }
agents: { a: { tier: high, effort: low }, b: { provider: ollama-local }, c: { model: best } }`)
    const best = { provider: 'anthropic', model: 'claude-x' }
    const whole = [best, best, { provider: 'deepseek', model: 'd' }, { provider: 'openai', model: 'gpt-9' }]
    expect(tiers).toEqual({ high: whole })
    expect(aliases).toEqual({ best, small: { provider: 'openai', model: 'small' } })
    expect(agents.a).toMatchObject({ tier: 'high', effort: 'low', provider: undefined, model: undefined })
    expect(agents.b).toMatchObject({ provider: 'ollama-local', model: undefined })
    expect(agents.c).toMatchObject(best)
  })

  it('is a model or a tier, and not both', async () => {
    expect(await refused('agents: { a: { tier: low, model: m } }')).toBe(
      'agents.a has both a model and the tier low; one of them says what it runs on: leave the other out.',
    )
    expect(await refused('agents: { a: { tier: low, provider: openai } }')).toMatch(/has both a provider and/)
    expect(await refused('agents: { a: { tier: hihg } }')).toMatch(/agents.a.tier must be one of low, middle, high/)
  })

  it('is of the services it may use, and of no other', async () => {
    const { agents } = await load(`defaults: { provider: openai, model: gpt-4.1 }
agents:
  a: { providers: [ollama-local, deepseek, ollama-local] }
  b: { providers: [deepseek, openai] }
  c: { providers: [ollama], model: qwen3 }`)
    expect(agents.a).toMatchObject({ providers: ['ollama-local', 'deepseek'], provider: undefined, model: undefined })
    expect(agents.b).toMatchObject({ provider: 'openai', model: 'gpt-4.1' })
    expect(agents.c).toMatchObject({ provider: 'ollama', model: 'qwen3' })
    expect(await refused('agents: { a: { providers: [ollama], provider: openai } }')).toBe(
      'agents.a runs on openai, which is not among its providers (ollama); name one of those, or add it.',
    )
    const alias = 'models: { best: { provider: openai } }\nagents: { a: { providers: [ollama], model: best } }'
    expect(await refused(alias)).toMatch(/not among its providers/)
    expect(await refused('agents: { a: { providers: [] } }')).toMatch(/agents.a.providers is empty/)
    expect(await refused('agents: { a: { providers: [nobody] } }')).toMatch(/provider "nobody", which is not known/)
  })

  it('says what is missing', async () => {
    expect(await refused('user_tiers: { paid: {} }')).toMatch(/user_tiers has no entry "default"/)
    expect(await refused('tiers: { low: [{ provider: openai }] }')).toMatch(/tiers.low.0.model is missing/)
    expect(await refused('tiers: { low: [best] }')).toMatch(/tiers.low names "best", which is not under models/)
    expect(await refused('tiers: { low: [] }')).toMatch(/tiers.low/)
    expect(await refused('provider_priority: []')).toMatch(/provider_priority is empty/)
    const { warnings } = await load(
      'user_tiers: { default: {}, paid: { tiers: { low: [{ provider: openai, model: m }] } } }\nagents: { a: { tier: low } }',
    )
    expect(warnings).toContain(
      'Agent a has the tier low, for which there are no models for the user tiers default; its runs are refused. Name some under tiers.low.',
    )
  })
})
