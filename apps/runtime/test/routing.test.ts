import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AgentDefinition, Config, UserTier } from '../src/ground/config/config.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { failure, type SomeService, someService } from '../src/testing/some-services.ts'
import { tempDir } from '../src/testing/temp-dir.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'

const of = (provider: string, model = 'm') => ({ provider, model })
const onTier: Partial<AgentDefinition> = { provider: undefined, model: undefined, tier: 'low' }
const userTier = (name: string, more: Partial<UserTier> = {}): UserTier => ({
  ...{ name, tiers: {}, fallbackOnError: false, maxFallbackAttempts: 3, ...more },
})
const tiered = { low: [of('alpha'), of('beta'), of('gamma')] }

async function started(
  services: SomeService[],
  config: Partial<Config> = {},
  { agents, ...options }: Partial<TestRuntimeOptions> = {},
) {
  return startRuntime({
    ...options,
    providers: services,
    agents: { low: onTier, ...agents },
    config: { tiers: structuredClone(tiered), ...config },
  })
}

async function post(runtime: TestRuntime, body: object) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${runtime.url}/v1/runs`, { method: 'POST', headers, body: JSON.stringify(body) })
  const { headers: said, status } = response
  return {
    status,
    code: said.get('loomcycle-error'),
    retryAfter: said.get('retry-after'),
    text: (await response.text()).trim(),
  }
}

async function answer(runtime: TestRuntime, more: object = {}) {
  const { status, text } = await post(runtime, { agent: 'low', prompt: 'hi', ...more })
  expect(status, text).toBe(200)
  return [...text.matchAll(/"type":"text","text":"([^"]*)"/g)].map(([, said]) => said).join('')
}

describe('the list of agents', () => {
  it('says of one with a tier why none of its models can be had, and nothing while one can', async () => {
    const alpha = someService('alpha', { answering: () => failure('alpha', 500), listsAll: true })
    const agents = {
      low: { ...onTier, retryAttempts: 0 },
      high: { ...onTier, tier: 'high' as const },
      kept: { ...onTier, providers: ['beta'] },
    }
    const runtime = await started([alpha], { tiers: { low: [of('alpha'), of('openai')] } }, { agents })
    const lacks = async (name: string) => {
      const { entries } = await clientOf(runtime).listLibraryAgents()
      return entries.find((one) => one.name === name)?.lacks
    }
    expect(await lacks('low')).toBeUndefined()
    expect(await lacks('high')).toEqual([
      {
        ...{ kind: 'model', name: 'high' },
        why: 'It has the tier high, and none of its models can be had: none is named for it; name some under tiers.high.',
      },
    ])
    expect(await lacks('kept')).toMatchObject([{ kind: 'model', name: 'low' }])
    await post(runtime, { agent: 'low', prompt: 'hi' })
    expect((await lacks('low'))?.[0]?.why).toBe(
      'It has the tier low, and none of its models can be had: alpha/m has failed and not answered since; openai/m is not set up: set OPENAI_API_KEY.',
    )
  })
})

describe('an agent with a tier', () => {
  it('runs on the first of its models that can be had', async () => {
    const alpha = someService('alpha', { models: ['another'] })
    const runtime = await started([alpha, someService('beta'), someService('gamma')])
    expect(await answer(runtime)).toBe('beta/m ')
    expect(alpha.asked).toEqual([])
  })

  it('is refused where none can be had, and says why of each', async () => {
    const alpha = someService('alpha', { models: ['another'] })
    const beta = someService('beta')
    beta.models = new Error('beta: connection refused')
    const runtime = await started([alpha, beta])
    expect(await post(runtime, { agent: 'low', prompt: 'hi' })).toEqual({
      ...{ status: 503, code: 'tier_unavailable', retryAfter: null },
      text: 'The agent low has the tier low, and none of its models can be had: alpha/m is not among the models of its service; beta/m cannot be reached (beta: connection refused); gamma/m is not set up: configure another one for it.',
    })
    const runs = await runtime.ctx.db.all('select * from runs', [])
    expect(runs).toEqual([])
  })

  it('is told apart from one for which models are named, but none of a service that it may use', async () => {
    const runtime = await started([someService('alpha'), someService('beta')], {
      userTiers: { default: userTier('default'), here: userTier('here', { providerPriority: ['local'] }) },
    })
    expect(await post(runtime, { agent: 'low', prompt: 'hi', user_tier: 'here' })).toMatchObject({
      code: 'tier_unavailable',
      text: 'The agent low has the tier low, and none of its models can be had: those that are named for it are of alpha, beta, gamma, and it may use local alone.',
    })
  })

  it('is refused with when to come back where they are only left alone, and never with now', async () => {
    const alpha = someService('alpha', {
      answering: () => failure('alpha', 429, 'retryable', { retryAfterMs: 600_000 }),
    })
    const clock = createTestClock(1_700_000_000_000)
    const options = { clock, agents: { low: { ...onTier, retryAttempts: 0 } } }
    const runtime = await started([alpha], { tiers: { low: [of('alpha')] } }, options)
    await post(runtime, { agent: 'low', prompt: 'hi' })
    expect((await post(runtime, { agent: 'low', prompt: 'hi' })).retryAfter).toBe('600')
    clock.after(599_600, () => {})
    await clock.fire(599_600)
    expect((await post(runtime, { agent: 'low', prompt: 'hi' })).retryAfter).toBe('1')
  })

  it('has its services asked for their models once, and not for each run', async () => {
    const alpha = someService('alpha')
    const clock = createTestClock(1_700_000_000_000)
    const runtime = await started([alpha], {}, { clock })
    await answer(runtime)
    clock.after(60_000, () => {})
    await clock.fire(60_000)
    await answer(runtime)
    expect(alpha.listed).toBe(1)
  })

  it('looks once more before it is refused, since what failed may be back', async () => {
    const beta = someService('beta', { answering: (_, asked) => (asked === 1 ? failure('beta', 500) : undefined) })
    const clock = createTestClock(1_700_000_000_000)
    const runtime = await started([beta], {}, { clock, agents: { low: { ...onTier, retryAttempts: 0 } } })
    const first = await post(runtime, { agent: 'low', prompt: 'hi' })
    expect(first.text).toContain('it is overloaded')
    expect((await post(runtime, { agent: 'low', prompt: 'hi' })).code).toBe('tier_unavailable')
    // Services are not asked again and again.
    expect(beta.listed).toBe(1)
    clock.after(10_000, () => {})
    await clock.fire(10_000)
    expect(await answer(runtime)).toBe('beta/m ')
    expect(beta.listed).toBe(2)
  })

  it('goes by the tier of its user, over every door, and so do the agents it starts', async () => {
    const services = [someService('alpha'), someService('beta'), someService('gamma')]
    const config = {
      userTiers: {
        default: userTier('default'),
        paid: userTier('paid', { providerPriority: ['gamma', 'beta'] }),
        own: userTier('own', { tiers: { low: [of('beta', 'big')] } }),
      },
    }
    services[1]!.models = ['m', 'big']
    const parent = ({ messages }: { messages: readonly unknown[] }) =>
      messages.length === 1
        ? { tool_calls: [{ name: 'Agent', input: { name: 'low', prompt: 'hi' } }] }
        : { text: JSON.stringify(messages.at(-1)).replaceAll(/[^\w/]/g, ' ') }
    const runtime = await started(services, config, { models: { parent } })
    expect(await answer(runtime)).toBe('alpha/m ')
    expect(await answer(runtime, { user_tier: 'paid' })).toBe('gamma/m ')
    expect(await answer(runtime, { user_tier: 'own' })).toBe('beta/big ')
    expect(await answer(runtime, { agent: 'parent', user_tier: 'paid' })).toContain('gamma/m')

    const client = clientOf(runtime)
    const spawns = [{ agent: 'low', segments: say('hi'), user_tier: 'own' }]
    const batch = await fetch(`${runtime.url}/v1/runs:batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ spawns }),
    })
    expect(await batch.text()).toContain('beta/big')
    const talk = converse(client, 'low', 'one')
    await talk.until('awaiting_input')
    await client.cancelAgent(talk.session.agentId!)
    const later = new Reader(
      client.continueSession({ sessionId: talk.session.sessionId!, segments: say('two'), userTier: 'paid' }),
    )
    await later.toEnd()
    expect(later.text()).toBe('gamma/m ')
  })

  it('is refused for a user tier there is not, before anything is stored', async () => {
    const config = { userTiers: { default: userTier('default'), paid: userTier('paid') } }
    const runtime = await started([someService('alpha')], config)
    const { status, code, text } = await post(runtime, { agent: 'low', prompt: 'hi', user_tier: 'pade' })
    expect([status, code, text]).toEqual([400, 'unknown_user_tier', 'unknown user_tier "pade"; did you mean paid?'])
    expect(await runtime.ctx.db.all('select * from sessions', [])).toEqual([])
  })

  it('is refused where its services and those of its user are not the same', async () => {
    const config = { userTiers: { default: userTier('default', { providerPriority: ['beta'] }) } }
    const agents = { low: { ...onTier, providers: ['alpha'] } }
    const runtime = await started([someService('alpha'), someService('beta')], config, { agents })
    const { status, code } = await post(runtime, { agent: 'low', prompt: 'hi' })
    expect([status, code]).toEqual([403, 'tier_not_allowed'])
  })

  it('keeps what it began with when the configuration is read again; later runs have what is there then', async () => {
    const services = [someService('alpha'), someService('beta'), someService('gamma')]
    const runtime = await started(services)
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    Object.assign(runtime.ctx.config.tiers, { low: [of('gamma')] })
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('alpha/m alpha/m ')
    expect(await answer(runtime)).toBe('gamma/m ')
  })
})

describe('an agent without one', () => {
  it('runs on no service but those it may use', async () => {
    const services = [someService('alpha'), someService('beta')]
    const open = { provider: undefined, model: undefined }
    const agents = {
      beta: { ...open, providers: ['beta'] },
      astray: { provider: 'alpha', providers: ['beta'] },
      any: open,
    }
    const runtime = await started(services, {}, { agents })
    expect(await answer(runtime, { agent: 'beta' })).toBe('beta/m ')
    expect(await answer(runtime, { agent: 'any' })).toBe('alpha/m ')
    expect((await post(runtime, { agent: 'astray', prompt: 'hi' })).code).toBe('tier_not_allowed')
  })
})

describe('what is known of models', () => {
  it('is told to operators, and which models stand for tiers to everybody', async () => {
    const alpha = someService('alpha', { answering: () => failure('alpha', 429) })
    const clock = createTestClock(1_700_000_000_000)
    const agents = { low: { ...onTier, retryAttempts: 0 } }
    const runtime = await started([alpha, someService('beta')], {}, { clock, agents })
    const client = clientOf(runtime)
    expect((await client.getResolver()).providers).toMatchObject({
      alpha: { excluded: false, reachable: true, models: {} },
      openai: { excluded: true, reachable: false, models: {} },
    })
    await post(runtime, { agent: 'low', prompt: 'hi' })
    const until = '2023-11-14T22:13:50.000Z'
    const m = { listed: true, stalled: false }
    expect((await client.getResolver()).providers.alpha!.models).toEqual({ m: { ...m, rate_limited_until: until } })

    expect((await client.getResolver()).providers.alpha!.last_failure).toMatchObject({
      ...{ at: '2023-11-14T22:13:20.000Z', model: 'm', error: expect.stringContaining('alpha 429') },
    })

    const routing = await client.getRouting()
    const said = { reachable: true, stalled: false }
    expect(routing).toMatchObject({ admin: true, user_tiers: [{ name: 'default', fallback_on_error: false }] })
    expect(routing.user_tiers[0]!.tiers).toEqual([
      {
        tier: 'low',
        cascade: [
          { ...of('alpha'), primary: true, available: false, selected: false, ...said, rate_limited: true },
          { ...of('beta'), primary: false, available: true, selected: true, ...said, rate_limited: false },
          { ...of('gamma'), primary: false, available: false, selected: false, ...said, rate_limited: false },
        ],
      },
    ])
  })

  it('says by the names of variables what sets a service up, never what is in them', async () => {
    const file = join(tempDir(), 'a.yaml')
    const at = 'base_url: http://127.0.0.1:1, api_key_env'
    writeFileSync(file, `providers: { mine: { ${at}: MINE_KEY }, theirs: { ${at}: THEIR_KEY } }`)
    const env = { LOOMCYCLE_CONFIG_FILES: file, ANTHROPIC_API_KEY: 'sk-ant-of-a-test', MINE_KEY: 'key-of-mine' }
    const runtime = await startRuntime({ env, providers: [someService('anthropic'), someService('mine')] })
    const told = await clientOf(runtime).getResolver()
    expect(told.providers).toMatchObject({
      anthropic: { source: 'environment', key_variable: 'ANTHROPIC_API_KEY', address_variable: 'ANTHROPIC_BASE_URL' },
      mine: { source: 'file', key_variable: 'MINE_KEY' },
      theirs: { excluded: true, key_variable: 'THEIR_KEY', to_set_up: 'set THEIR_KEY' },
      openai: { excluded: true, key_variable: 'OPENAI_API_KEY', to_set_up: 'set OPENAI_API_KEY' },
      scripted: { source: 'builtin' },
    })
    expect(JSON.stringify(told)).not.toMatch(/of-a-test|of-mine/)
  })

  it('is asked of the services now and then, once somebody has to choose', async () => {
    const clock = createTestClock(1_700_000_000_000)
    const alpha = someService('alpha')
    const runtime = await started([alpha], {}, { clock, env: { LOOMCYCLE_RESOLVE_PROBE_INTERVAL_MS: '61000' } })
    expect(alpha.listed).toBe(0)
    await answer(runtime)
    expect(alpha.listed).toBe(1)
    alpha.models = ['another']
    await clock.fire(61_000)
    await expect.poll(() => alpha.listed).toBe(2)
    expect((await clientOf(runtime).getResolver()).providers.alpha!.models).toEqual({
      m: { listed: false, stalled: false },
      another: { listed: true, stalled: false },
    })
    await clock.armed(61_000)
    clock.after(10_000, () => {})
    await clock.fire(10_000)
    expect((await clientOf(runtime).resolveProbe()).providers.alpha!.last_check).toBe('2023-11-14T22:14:31.000Z')
    expect(alpha.listed).toBe(3)
  })

  it('is asked of one service for whoever wants its models', async () => {
    const broken = someService('broken')
    broken.models = new Error('broken: connection refused')
    const runtime = await started([someService('alpha', { models: ['n', 'm'] }), broken])
    const client = clientOf(runtime)
    expect(await client.listProviderModels('alpha')).toMatchObject({ provider: 'alpha', models: ['m', 'n'] })
    const refused = (id: string) => client.listProviderModels(id).catch(({ status, code }) => [status, code])
    expect(await refused('nobody')).toEqual([404, 'provider_unknown'])
    expect(await refused('openai')).toEqual([503, 'provider_unavailable'])
    expect(await refused('broken')).toEqual([502, 'provider_list_failed'])
  })
})
