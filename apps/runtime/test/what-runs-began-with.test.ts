import { describe, expect, it } from 'vitest'
import { findRun } from '../src/engine/rows/runs.ts'
import type { ModelRequest, Provider, ProviderEvent } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { onSqlite } from '../src/testing/on-sqlite.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const usage = { input_tokens: 1, output_tokens: 1 }

/** A service whose models say where they are, and think the same. */
function service(id: string, asked: ModelRequest[] = [], models = [`${id}-1`]): Provider {
  return {
    id,
    listModels: async () => models,
    preferredModel: ([first]) => first!,
    capabilities: () => ({ thinking: true, vision: false }),
    async *stream(request): AsyncGenerator<ProviderEvent> {
      asked.push(structuredClone(request))
      yield { type: 'text', text: `${id} ${request.model} ` }
      yield { type: 'done', stop_reason: 'end_turn', usage, reasoning: `thought of ${id}` }
    },
  }
}

/** Any service will do. */
const anywhere = { anywhere: { provider: undefined, model: undefined } }

async function reattached(runtime: TestRuntime, runId: string) {
  const reader = new Reader(clientOf(runtime).attachInteractiveSession(runId).events())
  await reader.until('awaiting_input')
  return reader
}

async function endRun(runtime: TestRuntime, runId: string) {
  const run = await findRun(runtime.ctx.db, runId)
  await clientOf(runtime).cancelAgent(run!.agentId)
}

const reasoningIn = ({ messages }: ModelRequest) =>
  messages.map((message) => (message.role === 'assistant' ? message.reasoning : undefined))

describe('a run goes on as it began', () => {
  it('whatever becomes of its agent in the configuration; later runs of its session begin with what is there', async () => {
    const systems: string[] = []
    const model: ScriptedModel = ({ system, tools }) => {
      systems.push(`${system.map(({ text }) => text).join()} ${tools.map(({ name }) => name).join()}`)
      return { text: 'ok' }
    }
    const before = { systemPrompt: 'Be kind.', tools: ['Memory'], disableContext: true }
    const runtime = await startRuntime({ models: { model }, agents: { model: before } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session

    const edited = { systemPrompt: 'Be brief.', tools: ['Path'], disableContext: true }
    const next = await runtime.restart({ agents: { model: edited } })
    const again = await reattached(next, runId)
    await clientOf(next).sendRunInput(runId, 'two')
    await again.until('awaiting_input')
    expect(systems).toEqual(['Be kind. Memory', 'Be kind. Memory'])

    await endRun(next, runId)
    const later = new Reader(clientOf(next).continueSession({ sessionId, segments: say('three') }))
    await later.toEnd()
    expect(systems.at(-1)).toBe('Be brief. Path')
    const ids = await next.ctx.db.all<{ id: string }>('select agent_def_id as id from runs order by first_seq', [])
    expect(new Set(ids.map(({ id }) => id)).size).toBe(2)
  })

  it('also where its agent is gone from the configuration', async () => {
    const alpha = service('alpha')
    const runtime = await startRuntime({ providers: [alpha], agents: anywhere })
    const talk = converse(clientOf(runtime), 'anywhere', 'one')
    await talk.until('awaiting_input')
    const next = await runtime.restart({ agents: {} })
    const again = await reattached(next, talk.session.runId)
    await clientOf(next).sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toBe('alpha alpha-1 alpha alpha-1 ')
  })

  it('on the same model of the same service, whatever else can be had by then', async () => {
    const runtime = await startRuntime({ providers: [service('beta')], agents: anywhere })
    const talk = converse(clientOf(runtime), 'anywhere', 'one')
    await talk.until('awaiting_input')
    const next = await runtime.restart({ providers: [service('alpha'), service('beta', [], ['beta-2'])] })
    const again = await reattached(next, talk.session.runId)
    await clientOf(next).sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toBe('beta beta-1 beta beta-1 ')
    const fresh = converse(clientOf(next), 'anywhere', 'one')
    await fresh.until('awaiting_input')
    expect(fresh.text()).toBe('alpha alpha-1 ')
  })

  it('or says what is missing and waits for it, and is moved nowhere', async () => {
    const runtime = await startRuntime({ providers: [service('openai')], agents: anywhere })
    const talk = converse(clientOf(runtime), 'anywhere', 'one')
    await talk.until('awaiting_input')
    const { runId } = talk.session

    const without = await runtime.restart({ providers: [service('alpha')] })
    const again = await reattached(without, runId)
    await clientOf(without).sendRunInput(runId, 'two')
    const { error } = await again.until('error')
    expect(error).toMatch(/began with openai-1 of openai, which is not set up any more; set OPENAI_API_KEY and start/)
    await again.until('awaiting_input')

    const with_ = await without.restart({ providers: [service('alpha'), service('openai')] })
    const later = await reattached(with_, runId)
    await clientOf(with_).sendRunInput(runId, 'three')
    await later.until('text', ({ text }) => text === 'openai openai-1 ')
    await later.until('awaiting_input', ({ seq }) => seq! > 0)
  })

  it('where nobody kept what it began with, on what its agent is now', async () => {
    const runtime = await startRuntime({ providers: [service('beta')], agents: anywhere })
    const talk = converse(clientOf(runtime), 'anywhere', 'one')
    await talk.until('awaiting_input')
    const kept = 'update runs set agent_def_id = null, began_provider = null, began_model = null'
    await runtime.ctx.db.write([{ sql: kept, parameters: [] }])
    const next = await runtime.restart({ providers: [service('alpha')] })
    const again = await reattached(next, talk.session.runId)
    await clientOf(next).sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toBe('beta beta-1 alpha alpha-1 ')
  })
})

describe('what a model thought', () => {
  onSqlite.each(['kept with its owner', 'of before it was'])(
    'is shown to its own service and to no other: %s',
    async (how) => {
      const runtime = await startRuntime({ providers: [service('beta')], agents: anywhere })
      const talk = converse(clientOf(runtime), 'anywhere', 'one')
      await talk.until('awaiting_input')
      const { runId, sessionId } = talk.session
      if (how === 'of before it was') {
        const flat = `update events set payload = json_set(payload, '$.reasoning', payload ->> '$.reasoning.data')
        where type = 'assistant_turn'`
        await runtime.ctx.db.write([{ sql: flat, parameters: [] }])
      }
      const [asked, others]: ModelRequest[][] = [[], []]
      const next = await runtime.restart({ providers: [service('alpha', others), service('beta', asked)] })
      const again = await reattached(next, runId)
      await clientOf(next).sendRunInput(runId, 'two')
      await again.until('awaiting_input')
      expect(reasoningIn(asked![0]!)).toEqual([undefined, 'thought of beta', undefined])

      await endRun(next, runId)
      await new Reader(clientOf(next).continueSession({ sessionId, segments: say('three') })).toEnd()
      expect(others![0]!.messages).toHaveLength(5)
      expect(reasoningIn(others![0]!).filter(Boolean)).toEqual([])
    },
  )
})
