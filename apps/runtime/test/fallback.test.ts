import { describe, expect, it } from 'vitest'
import { findRun } from '../src/engine/rows/runs.ts'
import type { AgentDefinition, Config, UserTier } from '../src/ground/config/config.ts'
import type { ModelRequest, ProviderEvent } from '../src/models/providers/provider.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { failure, type SomeService, someService } from '../src/testing/some-services.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'

const of = (provider: string, model = 'm') => ({ provider, model })
const low: Partial<AgentDefinition> = { provider: undefined, model: undefined, tier: 'low', retryAttempts: 0 }
const cascade = { low: [of('alpha'), of('beta'), of('gamma')] }

function started(
  providers: SomeService[],
  user: Partial<UserTier> = {},
  { config = {}, agents, ...more }: Partial<TestRuntimeOptions> = {},
) {
  const tier: UserTier = { name: 'default', tiers: {}, fallbackOnError: true, maxFallbackAttempts: 3, ...user }
  return startRuntime({
    providers,
    agents: { low: { ...low, ...agents?.low } },
    config: { tiers: structuredClone(cascade), userTiers: { default: tier }, ...config } as Partial<Config>,
    ...more,
  })
}

const down = (id: string, status = 500) => someService(id, { answering: () => failure(id, status) })

async function once(runtime: { url: string }, text = 'hi') {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'low', segments: say(text) }))
  await reader.toEnd()
  return reader
}

const events = (reader: Reader, ...types: string[]) => reader.events.filter(({ type }) => types.includes(type))

describe('a run whose model fails', () => {
  it('goes on with the next of its tier, and says so', async () => {
    const services = [down('alpha'), someService('beta')]
    const runtime = await started(services, { name: 'default' })
    const reader = await once(runtime)
    expect(reader.text()).toBe('beta/m ')
    expect(events(reader, 'provider_fallback', 'error', 'retry', 'cache_invalidated')).toMatchObject([
      {
        type: 'provider_fallback',
        fallback: {
          ...{ failed_provider: 'alpha', failed_model: 'm', new_provider: 'beta', new_model: 'm', attempt: 1 },
          ...{ user_tier: 'default', reason: 'retryable', cause_error: 'alpha 500: it is overloaded' },
        },
      },
    ])
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', usage: { provider: 'beta' } })
    // Whoever comes next does not try what has just failed.
    expect((await once(runtime)).text()).toBe('beta/m ')
    expect(services[0]!.asked).toHaveLength(1)
  })

  it.each([
    ['its user tier does not say so', { fallbackOnError: false }, failure('alpha', 500)],
    ['it may so often: never', { maxFallbackAttempts: 0 }, failure('alpha', 500)],
    ['it is refused for what was asked', {}, failure('alpha', 400, 'permanent')],
  ])('fails where %s', async (_, user, error) => {
    const beta = someService('beta')
    const runtime = await started([someService('alpha', { answering: () => error }), beta], user)
    const reader = await once(runtime)
    expect(events(reader, 'error', 'provider_fallback')).toMatchObject([{ error: error.message }])
    expect(beta.asked).toEqual([])
  })

  it.each([
    ['has nothing left in its account', 402, { final: true, code: 'quota_exhausted' }, /has failed/],
    ['has used up its day', 429, { final: true, retryAfterMs: 3_600_000 }, /is left alone until/],
  ])('goes on at once where its service %s', async (_, status, hints, lack) => {
    const alpha = someService('alpha', { answering: () => failure('alpha', status, 'retryable', hints) })
    const agents = { low: { ...low, retryAttempts: 5 } }
    const runtime = await started([alpha, someService('beta')], {}, { agents })
    const reader = await once(runtime)
    expect(reader.text()).toBe('beta/m ')
    expect(events(reader, 'retry')).toEqual([])
    expect(alpha.asked).toHaveLength(1)
    expect(runtime.ctx.routing.availability.lackOf(of('alpha'))).toMatch(lack)
  })

  it('goes on where its model is gone for good', async () => {
    const alpha = someService('alpha', { answering: () => failure('alpha', 404, 'deprecated') })
    const reader = await once(await started([alpha, someService('beta')]))
    expect(events(reader, 'provider_fallback')).toMatchObject([{ fallback: { reason: 'deprecated' } }])
  })

  it('stays with a model it has by name', async () => {
    const beta = someService('beta')
    const agents = { low: { ...low, ...of('alpha'), tier: undefined } }
    const reader = await once(await started([down('alpha'), beta], {}, { agents }))
    expect(events(reader, 'error')).toHaveLength(1)
    expect(beta.asked).toEqual([])
  })

  it('fails once no other is left, and says what was tried', async () => {
    const services = [down('alpha'), down('beta'), down('gamma')]
    const reader = await once(await started(services, { maxFallbackAttempts: 9 }))
    expect(events(reader, 'provider_fallback')).toHaveLength(2)
    expect(events(reader, 'error')).toMatchObject([
      {
        error:
          'gamma 500: it is overloaded; no other model could take over: alpha/m has failed and not answered since; beta/m has failed and not answered since',
      },
    ])
  })

  it('goes on only so often until somebody says something, and stays with what it has', async () => {
    const services = [down('alpha'), down('beta'), someService('gamma')]
    const runtime = await started(services, { maxFallbackAttempts: 1 })
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('error')
    await talk.until('awaiting_input')
    expect(services[2]!.asked).toHaveLength(0)
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('text')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('gamma/m ')
    services[0]!.answering = () => undefined
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'three')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('gamma/m gamma/m ')
  })

  it('takes back what the model had begun to say', async () => {
    const alpha = someService('alpha', {
      async *stream(): AsyncGenerator<ProviderEvent> {
        yield { type: 'text', text: 'As I was say' }
        yield { type: 'error', error: failure('alpha', 500) }
      },
    })
    const beta = someService('beta')
    const runtime = await started([alpha, beta])
    const reader = await once(runtime)
    expect(reader.types().slice(-5)).toEqual(['text', 'provider_fallback', 'text', 'usage', 'done'])
    expect(beta.asked[0]!.messages).toHaveLength(1)
    const { sessionId } = (await findRun(runtime.ctx.db, reader.events.find(({ run_id }) => run_id)!.run_id!))!
    const transcript = await clientOf(runtime).history({ op: 'get', session_id: sessionId })
    expect(JSON.stringify(transcript)).toContain('beta/m')
    const later = new Reader(clientOf(runtime).continueSession({ sessionId, segments: say('two') }))
    await later.toEnd()
    expect(JSON.stringify(beta.asked.at(-1)!.messages)).not.toContain('As I was say')
  })

  it('shows nobody what another model thought, and says what is lost with its service', async () => {
    let isDown = false
    const alpha = someService('alpha', {
      keepsPrompts: true,
      answering: () => (isDown ? failure('alpha', 500) : undefined),
    })
    const beta = someService('beta')
    const runtime = await started([alpha, beta])
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    isDown = true
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('awaiting_input')
    expect(talk.types().slice(-6)).toEqual([
      ...['provider_fallback', 'cache_invalidated', 'reasoning_invalidated'],
      ...['text', 'usage', 'awaiting_input'],
    ])
    expect(events(talk, 'cache_invalidated', 'reasoning_invalidated').map(({ text }) => text)).toEqual([
      'alpha had kept the conversation so far; beta reads it anew.',
      'What the model before it thought is not shown to another one.',
    ])
    expect(beta.asked[0]!.messages.filter((message) => 'reasoning' in message)).toEqual([])
    // Nor to the first again, which would see a part of it.
    beta.answering = () => failure('beta', 500)
    isDown = false
    alpha.listed = 0
    runtime.ctx.routing.availability.answered(of('alpha'))
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'three')
    await talk.until('awaiting_input')
    const shown = alpha.asked.at(-1)!.messages.map((message) => (message.role === 'assistant' ? message.reasoning : 0))
    expect(shown).toEqual([0, undefined, 0, undefined, 0])
  })

  it('goes on with one that does not think, where the other would want to be shown all its thinking', async () => {
    let isDown = false
    const alpha = someService('alpha', { answering: () => (isDown ? failure('alpha', 500) : undefined) })
    const beta = someService('beta', { withoutThinking: (model) => `${model}-plain` })
    const runtime = await started([alpha, beta])
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    isDown = true
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('model_downgraded')
    await talk.until('awaiting_input')
    expect(events(talk, 'provider_fallback')).toMatchObject([{ fallback: { new_model: 'm-plain' } }])
    expect(talk.text()).toBe('alpha/m beta/m-plain ')
    // With nothing said yet there is nothing that is lacking.
    expect((await once(runtime)).text()).toBe('beta/m ')
  })

  it('passes over a model that cannot see, where there are pictures', async () => {
    const blind = someService('beta', { capabilities: () => ({ thinking: false, vision: false }) })
    const runtime = await started([down('alpha'), blind, someService('gamma')])
    const data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
    const content = [
      { type: 'trusted-text' as const, text: 'Look' },
      { type: 'image' as const, media_type: 'image/png' as const, data },
    ]
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'low', segments: [{ role: 'user', content }] }))
    await reader.toEnd()
    expect(reader.text()).toBe('gamma/m ')
    expect(blind.asked).toEqual([])
  })

  it('stays with a model that has answered, where the operator says so', async () => {
    let isDown = false
    const alpha = someService('alpha', { answering: () => (isDown ? failure('alpha', 500) : undefined) })
    const runtime = await started([alpha, someService('beta')], {}, { config: { pinAfterSuccess: true } })
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    isDown = true
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    expect((await talk.until('fallback_suppressed')).text).toMatch(/^m failed, and the run stays with it/)
    await talk.until('error')
    // A run that has had no answer goes on.
    runtime.ctx.routing.availability.answered(of('alpha'))
    expect((await once(runtime)).text()).toBe('beta/m ')
  })

  it('asks it again only so often as its user tier says, and its agent before that', async () => {
    const clock = createTestClock(1_700_000_000_000)
    const tries = async (agent: Partial<AgentDefinition>, user: Partial<UserTier>, waits: number[]) => {
      const alpha = down('alpha')
      const runtime = await started([alpha, someService('beta')], user, {
        clock,
        agents: { low: { ...low, ...agent } },
      })
      const reading = once(runtime)
      for (const wait of waits) await clock.fire(wait)
      await reading
      return alpha.asked.length
    }
    expect(await tries({ retryAttempts: undefined }, { retryAttempts: 0 }, [])).toBe(1)
    expect(await tries({ retryAttempts: undefined }, { retryAttempts: 3 }, [100, 300, 900])).toBe(4)
    expect(await tries({ retryAttempts: 1 }, { retryAttempts: 3 }, [100])).toBe(2)
  })

  it('does not wait long for one that is asked too much, where there is another', async () => {
    const alpha = someService('alpha', {
      answering: () => failure('alpha', 429, 'retryable', { retryAfterMs: 60_000 }),
    })
    const agents = { low: { ...low, retryAttempts: 2 } }
    const reader = await once(await started([alpha, someService('beta')], {}, { agents }))
    expect(reader.text()).toBe('beta/m ')
    expect(alpha.asked).toHaveLength(1)
  })
})

describe('what a run has fallen back to', () => {
  it('is what the next process goes on with', async () => {
    const services = [down('alpha'), someService('beta')]
    const runtime = await started(services)
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    const { runId } = talk.session
    services[0]!.answering = () => undefined
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(runId!).events())
    await again.until('awaiting_input')
    await clientOf(next).sendRunInput(runId!, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toBe('beta/m beta/m ')
    const run = await findRun(next.ctx.db, runId!)
    expect(run).toMatchObject({ began: of('alpha'), route: { now: of('beta'), fallbacks: 0, cascade: cascade.low } })
  })

  it('stays when the conversation is given other settings of the same agent, and not when it is given another model', async () => {
    const services = [down('alpha'), someService('beta'), someService('gamma')]
    const runtime = await started(services)
    const client = clientOf(runtime)
    const talk = converse(client, 'low', 'one')
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session
    await client.agentDef({ op: 'derive', session_id: sessionId!, overrides: { tier: 'low', effort: 'low' } })
    await client.sendRunInput(runId!, 'two')
    await talk.until('awaiting_input')
    expect(services[1]!.asked.at(-1)!.effort).toBe('low')
    const { answering } = services[1]!
    services[1]!.answering = () => failure('beta', 500)
    await client.sendRunInput(runId!, 'three')
    await talk.until('awaiting_input')
    services[1]!.answering = answering
    await client.sendRunInput(runId!, 'four')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('beta/m beta/m gamma/m gamma/m ')
  })
})

describe('a summary whose model fails', () => {
  const isSummary = ({ tools, system }: ModelRequest) => tools.length === 0 && /summaries/.test(system[0]?.text ?? '')
  /** Fails at summaries alone. */
  const noScribe = (id: string) =>
    someService(id, { answering: (request) => (isSummary(request) ? failure(id, 500) : undefined) })
  const agents = { low: { ...low, compaction: { keep_last_n: 0 } } }
  const compact = async (runtime: TestRuntime, runId: string) => {
    const response = await fetch(`${runtime.url}/v1/runs/${runId}/compact`, { method: 'POST', body: '{"reason":""}' })
    return { status: response.status, text: await response.text() }
  }
  const talked = async (runtime: TestRuntime) => {
    const talk = converse(clientOf(runtime), 'low', 'one')
    await talk.until('awaiting_input')
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('steer')
    await talk.until('awaiting_input')
    return talk
  }

  it('is written by the next of its tier, with which the run goes on, and the next process as well', async () => {
    const services = [
      noScribe('alpha'),
      someService('beta', { answering: (request) => (isSummary(request) ? 'S' : undefined) }),
    ]
    const runtime = await started(services, {}, { agents })
    const talk = await talked(runtime)
    const { runId } = talk.session
    expect(await compact(runtime, runId!)).toMatchObject({ status: 200 })
    expect(await talk.until('context_compaction')).toMatchObject({ context_compaction: { summary: 'S' } })
    expect(events(talk, 'provider_fallback')).toMatchObject([
      { fallback: { failed_provider: 'alpha', new_provider: 'beta' } },
    ])
    expect(runtime.ctx.routing.availability.lackOf(of('alpha'))).toBe('has failed and not answered since')
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(runId!).events())
    await clientOf(next).sendRunInput(runId!, 'three')
    await again.until('steer', (event) => event.user_input?.text === 'three')
    await again.until('awaiting_input')
    expect(again.text()).toBe('alpha/m alpha/m beta/m ')
  })

  it('is written before the turn that it makes room for, which the same model answers', async () => {
    const services = [
      noScribe('alpha'),
      someService('beta', { answering: (request) => (isSummary(request) ? 'S' : undefined) }),
    ]
    const full = { low: { ...low, compaction: { enabled: true, autocompact_at_pct: 50, keep_last_n: 0 } } }
    const runtime = await started(services, {}, { agents: full, config: { windows: { m: 1_000 } } })
    const talk = converse(clientOf(runtime), 'low', 'long '.repeat(500))
    await talk.until('awaiting_input')
    await clientOf(runtime).sendRunInput(talk.session.runId!, 'two')
    await talk.until('context_compaction')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('alpha/m beta/m ')
    expect(services[0]!.asked).toHaveLength(2)
  })

  it('is not had where its user tier lets nobody take over, and its model is known to have failed', async () => {
    const services = [noScribe('alpha'), someService('beta')]
    const runtime = await started(services, { fallbackOnError: false }, { agents })
    const talk = await talked(runtime)
    const { status, text } = await compact(runtime, talk.session.runId!)
    expect({ status, text }).toMatchObject({ status: 502, text: expect.stringContaining('alpha 500') })
    expect(services[1]!.asked).toEqual([])
    expect(runtime.ctx.routing.availability.lackOf(of('alpha'))).toBe('has failed and not answered since')
  })

  it('leaves a run that has ended what it had', async () => {
    const services = [
      noScribe('alpha'),
      someService('beta', { answering: (request) => (isSummary(request) ? 'S' : undefined) }),
    ]
    const runtime = await started(services, {}, { agents })
    const talk = await talked(runtime)
    await clientOf(runtime).cancelAgent(talk.session.agentId!)
    const { runId } = talk.session
    expect(await compact(runtime, runId!)).toMatchObject({ status: 200, text: expect.stringContaining('"marker"') })
    expect((await findRun(runtime.ctx.db, runId!))!.route).not.toHaveProperty('now')
    expect(services[1]!.asked).toHaveLength(1)
  })

  it('is written by the model of the run, where another was to write it', async () => {
    const alpha = someService('alpha', {
      answering: (request) =>
        request.model === 'small' ? failure('alpha', 404, 'deprecated') : isSummary(request) ? 'S' : undefined,
    })
    const small = { low: { ...low, compaction: { keep_last_n: 0, model: 'small' } } }
    const runtime = await started([alpha, someService('beta')], { fallbackOnError: false }, { agents: small })
    const talk = await talked(runtime)
    expect(await compact(runtime, talk.session.runId!)).toMatchObject({ status: 200 })
    expect(alpha.asked.slice(-2).map(({ model }) => model)).toEqual(['small', 'm'])
  })
})
