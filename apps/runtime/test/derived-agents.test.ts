import { describe, expect, it } from 'vitest'
import { settableClock } from '../src/areas/channels/testing/some-channels.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { ask, listInterrupts, resolve } from '../src/testing/asking.ts'
import { askOp, opOf } from '../src/testing/asking-ops.ts'
import { gate } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'
import { aPrincipal } from '../src/tools/testing/a-caller.ts'

/** Says which model it is, and what it is asked with. */
const named =
  (model: string): ScriptedModel =>
  ({ sampling, system, tools }: ModelRequest) => ({
    text: `${model} ${sampling?.temperature ?? '-'} ${system.map(({ text }) => text).join()} ${tools.map(({ name }) => name).join()}; `,
  })

const models = { plain: named('plain'), strong: named('strong'), wise: named('wise') }
const agents = {
  plain: { systemPrompt: 'Help.', tools: ['Memory', 'Channel', 'Interruption'], sampling: { top_p: 0.5 } },
}

const start = (more: TestRuntimeOptions = {}) => startRuntime({ models, agents, ...more })
const agentDef = (runtime: TestRuntime, input: object) => opOf(runtime, '/v1/_agentdef', input)
const derive = (runtime: TestRuntime, input: object) => agentDef(runtime, { op: 'derive', ...input })
const refusal = async (runtime: TestRuntime, input: object) => {
  const { status, body } = await askOp(runtime, '/v1/_agentdef', input)
  return [status, body.error]
}

async function turnOf(runtime: TestRuntime, talk: ReturnType<typeof converse>, text: string): Promise<string> {
  const before = talk.text().length
  await clientOf(runtime).sendRunInput(talk.session.runId, text)
  await talk.until('awaiting_input')
  return talk.text().slice(before)
}

describe('a conversation whose agent is derived', () => {
  it('goes on from its next turn with other settings, and with all that its agent may do', async () => {
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'plain', 'one')
    await talk.until('awaiting_input')
    const { sessionId, runId } = talk.session
    const overrides = { model: 'strong', sampling: { temperature: 0.2 } }
    const derived = await derive(runtime, { session_id: sessionId, overrides })
    expect(derived).toEqual({
      name: expect.stringMatching(/^derived\/[0-9a-f]{16}$/),
      ...{ base: 'plain', session_id: sessionId, overrides, provider: 'scripted', model: 'strong' },
    })
    expect(await agentDef(runtime, { op: 'derived', session_id: sessionId })).toEqual({
      session_id: sessionId,
      derived,
    })
    expect(await turnOf(runtime, talk, 'two')).toBe('strong 0.2 Help. Memory,Context,Interruption,Channel; ')
    const [run] = await runtime.ctx.db.all('select id, agent, model from runs', [])
    expect(run).toEqual({ id: runId, agent: 'plain', model: 'strong' })

    await derive(runtime, { session_id: sessionId, overrides: { model: 'wise' } })
    expect(await turnOf(runtime, talk, 'three')).toMatch(/^wise - Help\./)
    expect(await agentDef(runtime, { op: 'restore', session_id: sessionId })).toEqual({
      ...{ session_id: sessionId, agent: 'plain', restored: true },
    })
    expect(await turnOf(runtime, talk, 'four')).toMatch(/^plain - Help\./)
    expect(await agentDef(runtime, { op: 'restore', session_id: sessionId })).toMatchObject({ restored: false })
    expect(await agentDef(runtime, { op: 'derived', session_id: sessionId })).toEqual({ session_id: sessionId })
  })

  it('finishes the turn that is under way as it began, and has what was said meanwhile in the next', async () => {
    const held = gate()
    const slow: ScriptedModel = async () => ({ text: `slow ${await held.enter()}; ` })
    const runtime = await start({ models: { ...models, slow } })
    const talk = converse(clientOf(runtime), 'slow', 'one')
    await talk.until('agent')
    await held.entered
    await derive(runtime, { session_id: talk.session.sessionId, overrides: { model: 'strong' } })
    await clientOf(runtime).sendRunInput(talk.session.runId, 'two')
    held.open('went')
    await talk.until('text', ({ text }) => text!.startsWith('strong'))
    expect(talk.text()).toMatch(/^slow went; strong/)
  })

  it('finishes a turn that waits for a person as it began', async () => {
    const slow: ScriptedModel = ({ messages }) => {
      const answered = messages.at(-1)!.content.some((block) => block.type === 'tool_result')
      return answered ? { text: 'slow; ' } : { tool_calls: [ask('which?')] }
    }
    const runtime = await start({
      models: { ...models, slow },
      agents: { ...agents, slow: { interruption: { enabled: true } } },
    })
    const talk = converse(clientOf(runtime), 'slow', 'one')
    await talk.until('interruption_pending')
    const { runId, sessionId } = talk.session
    await runtime.ctx.engine.left(runId)
    await derive(runtime, { session_id: sessionId, overrides: { model: 'strong' } })
    const [question] = await listInterrupts(runtime, runId)
    await resolve(runtime, question!, { answer: 'this' })
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('slow; ')
    expect(await turnOf(runtime, talk, 'two')).toMatch(/^strong/)
  })

  it('survives the process, in a run that waits and in those that come after it', async () => {
    const runtime = await start()
    const talk = converse(clientOf(runtime), 'plain', 'one')
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session
    await derive(runtime, { session_id: sessionId, overrides: { model: 'strong' } })
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(runId).events())
    await again.until('awaiting_input')
    await clientOf(next).sendRunInput(runId, 'two')
    await again.until('awaiting_input')
    expect(again.text()).toMatch(/plain.*strong/)
    const [{ agent_id }] = (await next.ctx.db.all('select agent_id from runs', [])) as [{ agent_id: string }]
    await clientOf(next).cancelAgent(agent_id)
    const later = new Reader(clientOf(next).continueSession({ sessionId, segments: say('three') }))
    await later.toEnd()
    expect(later.text()).toMatch(/^strong/)
  })

  it('has its agent’s memory', async () => {
    const keeps: ScriptedModel = ({ messages }) => {
      const last = messages.at(-1)!.content
      if (last.some((block) => block.type === 'tool_result')) return { text: 'kept' }
      return { tool_calls: [{ name: 'Memory', input: { op: 'set', scope: 'agent', key: 'k', value: 1 } }] }
    }
    const runtime = await start({ models: { ...models, keeps } })
    const { name } = await derive(runtime, { name: 'plain', overrides: { model: 'keeps' } })
    const run = new Reader(clientOf(runtime).runStreaming({ agent: name, segments: say('go') }))
    await run.toEnd()
    expect(run.text()).toBe('kept')
    expect(await runtime.ctx.db.all('select scope, scope_id from memory', [])).toEqual([
      { scope: 'agent', scope_id: 'plain' },
    ])
  })

  it('follows its agent, with each run; a version that was named is stayed with', async () => {
    const runtime = await start()
    const first = await agentDef(runtime, {
      op: 'fork',
      name: 'plain',
      overlay: { system_prompt: 'First.' },
      promote: true,
    })
    const following = await derive(runtime, { name: 'plain', overrides: { model: 'strong' } })
    const staying = await derive(runtime, { name: 'plain', def_id: first.def_id, overrides: { model: 'strong' } })
    expect(staying).toMatchObject({ base: 'plain', base_def_id: first.def_id })
    const second = { system_prompt: 'Second.', tools: ['Memory'] }
    await agentDef(runtime, { op: 'fork', name: 'plain', overlay: second, promote: true })
    const said = async (agent: string) => {
      const run = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('go') }))
      await run.toEnd()
      return run.text()
    }
    expect(await said(following.name)).toBe('strong - Second. Memory,Context; ')
    expect(await said(staying.name)).toBe('strong - First. Memory,Context,Interruption,Channel; ')
  })

  it('is begun with by the derived agent’s name, and by no other conversation', async () => {
    const runtime = await start()
    const { name } = await derive(runtime, { name: 'plain', overrides: { model: 'strong' } })
    const talk = converse(clientOf(runtime), name, 'one')
    await talk.until('awaiting_input')
    expect(talk.text()).toMatch(/^strong/)
    const { sessionId } = talk.session
    expect(await agentDef(runtime, { op: 'derived', session_id: sessionId })).toMatchObject({
      derived: { name, session_id: sessionId },
    })
    const other = clientOf(runtime).runStreaming({ agent: name, segments: say('go') })
    await expect(new Reader(other).toEnd()).rejects.toThrow('belongs to another conversation')
    const unknown = clientOf(runtime).runStreaming({ agent: 'derived/0', segments: say('go') })
    await expect(new Reader(unknown).toEnd()).rejects.toThrow('unknown agent')
  })

  it('gives what it has to its branches, and takes it along when it goes', async () => {
    const runtime = await start()
    const { name } = await derive(runtime, { name: 'plain', overrides: { model: 'strong' } })
    const talk = converse(clientOf(runtime), name, 'one')
    await talk.until('awaiting_input')
    const { sessionId } = talk.session
    const { new_session_id } = await clientOf(runtime).replaySession(sessionId, { agent: 'plain' })
    const branch = new Reader(clientOf(runtime).continueSession({ sessionId: new_session_id, segments: say('two') }))
    await branch.toEnd()
    expect(branch.text()).toMatch(/^strong/)
    const left = async () => (await runtime.ctx.db.all('select session_id from derived_agents', [])).length
    expect(await left()).toBe(2)
    await runtime.ctx.db.write([{ sql: 'delete from sessions where id = ?', parameters: [sessionId] }])
    expect(await left()).toBe(1)
    expect(await runtime.ctx.db.all('select * from run_agents', [])).toEqual([])
  })
})

describe('a derived agent', () => {
  it('is in no list', async () => {
    const runtime = await start()
    await derive(runtime, { name: 'plain', overrides: { model: 'strong' } })
    const lists = [clientOf(runtime).runnableAgents(), clientOf(runtime).listLibraryAgents()]
    expect(JSON.stringify(await Promise.all(lists))).not.toContain('derived/')
  })

  it('is forgotten after a day in which nobody has begun with it; one may have so many', async () => {
    const clock = settableClock(0)
    const runtime = await start({ clock })
    const used = await derive(runtime, { name: 'plain', overrides: { model: 'strong' } })
    const talk = converse(clientOf(runtime), used.name, 'one')
    await talk.until('awaiting_input')
    for (let n = 0; n < 100; n++) await derive(runtime, { name: 'plain', overrides: { max_tokens: 10 } })
    expect(await refusal(runtime, { op: 'derive', name: 'plain', overrides: {} })).toEqual([
      422,
      expect.stringContaining('there are 100 derived agents that no conversation uses'),
    ])
    clock.set(25 * 60 * 60_000)
    await expect.poll(async () => (await runtime.ctx.db.all('select name from derived_agents', [])).length).toBe(1)
  })

  it.each([
    [{ name: 'nobody', overrides: {} }, 400, 'unknown agent "nobody"'],
    [{ overrides: {} }, 422, 'name is missing'],
    [{ name: 'plain', overrides: { provider: 'nowhere' } }, 422, 'names the provider "nowhere"'],
    [{ name: 'plain', overrides: { provider: 'openai' } }, 422, 'which is not set up'],
    [
      { name: 'plain', overrides: { sampling: { temperature: 9 } } },
      422,
      'overrides.sampling.temperature must be at most 2',
    ],
    [{ name: 'plain', overrides: {}, def_id: 'def_0' }, 400, 'has no version "def_0"'],
    [{ name: 'plain', overrides: {}, session_id: 's_0' }, 404, 'session not found'],
    [{ name: 'derived/0', overrides: {} }, 422, 'is derived itself'],
  ])('is refused where it could not be run: %j', async (input, status, message) => {
    const runtime = await start()
    expect(await refusal(runtime, { op: 'derive', ...input })).toEqual([status, expect.stringContaining(message)])
    expect(await runtime.ctx.db.all('select * from derived_agents', [])).toEqual([])
  })

  it('has no more tools, whatever is asked of it', async () => {
    const runtime = await start()
    const overrides = { tools: ['Path'], memory_scopes: ['tenant'], model: 'strong' }
    const derived = await derive(runtime, { name: 'plain', overrides })
    expect(derived.overrides).toEqual({ model: 'strong' })
    const run = new Reader(clientOf(runtime).runStreaming({ agent: derived.name, segments: say('go') }))
    await run.toEnd()
    expect(run.text()).toBe('strong - Help. Memory,Context,Interruption,Channel; ')
  })

  it('is for whoever derived it, in a conversation of theirs', async () => {
    let caller = aPrincipal({ subject: 'ada', scopes: ['runs:create', 'runs:read'] })
    const runtime = await start({ authenticate: async () => caller })
    const { name } = await derive(runtime, { name: 'plain', overrides: {} })
    const talk = converse(clientOf(runtime), 'plain', 'one')
    await talk.until('awaiting_input')
    const { sessionId } = talk.session
    caller = aPrincipal({ subject: 'bob', scopes: ['runs:create', 'runs:read'] })
    const asBob = clientOf(runtime).runStreaming({ agent: name, segments: say('go') })
    await expect(new Reader(asBob).toEnd()).rejects.toThrow('unknown agent')
    for (const op of ['derive', 'derived', 'restore']) {
      expect(await refusal(runtime, { op, session_id: sessionId, overrides: {} })).toEqual([
        404,
        expect.stringContaining('session not found'),
      ])
    }
  })

  it('is nothing that agents make', async () => {
    const asks: ScriptedModel = ({ messages }) => {
      const results = messages.at(-1)!.content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
      if (results.length > 0) return { text: results.join() }
      return {
        tool_calls: [{ name: 'AgentDef', input: { op: 'derive', name: 'plain', overrides: { model: 'strong' } } }],
      }
    }
    const runtime = await start({
      models: { ...models, asks },
      agents: { ...agents, asks: { agentDefScopes: ['any'] } },
    })
    const run = new Reader(clientOf(runtime).runStreaming({ agent: 'asks', segments: say('go') }))
    await run.toEnd()
    expect(run.text()).toContain('only people choose what a conversation runs on')
  })
})
