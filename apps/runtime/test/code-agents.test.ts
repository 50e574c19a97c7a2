import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AgentDefinition } from '../src/ground/config/config.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const examples = join(import.meta.dirname, '../../../examples/code-agents')

const withCode = { LOOMCYCLE_CODE_AGENTS_ENABLED: '1' }
const withExample = {
  ...withCode,
  LOOMCYCLE_CODE_AGENTS_ROOT: join(examples, 'agent_code'),
  LOOMCYCLE_CONFIG_FILES: join(examples, 'agents.yaml'),
}

function said({ messages }: Parameters<ScriptedModel>[0]): string {
  return messages
    .flatMap(({ content }) => content.flatMap((block) => (block.type === 'text' ? [block.text] : [])))
    .join()
}

const worker: ScriptedModel = (request) =>
  said(request) === 'three' ? { error: { message: 'no idea' } } : { text: `${said(request)}!` }
const editor: ScriptedModel = (request) => ({
  text: (JSON.parse(said(request)) as { said: string }[]).map((one) => one.said).join(' '),
})

const items = 'one\ntwo\nthree\nfour\nfive\nsix'
const answer = (user: string) =>
  `one! two! four! five! six!\nNot done: three (scripted: no idea)\n5 of 6, run 1 for ${user}`

const code = (body: string, more: Partial<AgentDefinition> = {}): Partial<AgentDefinition> => ({
  provider: 'code-js',
  code: `function run(input) { ${body} }`,
  ...more,
})

async function runOf(runtime: TestRuntime, agent: string, prompt = 'go', more: object = {}) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say(prompt), ...more }))
  await reader.toEnd()
  return reader
}

const failureOf = async (runtime: TestRuntime, agent: string, more: object = {}) =>
  (await runOf(runtime, agent, 'go', more)).events.at(-1)

describe('an agent that is code', () => {
  it('has workers do each line, and says what came of it, without a model of its own', async () => {
    const runtime = await startRuntime({ env: withExample, models: { worker, editor } })
    expect((await runOf(runtime, 'fan-out', items, { userId: 'ada' })).text()).toBe(answer('ada'))
    const [run] = await runtime.ctx.db.all(`select * from runs where agent = 'fan-out'`, [])
    expect(run).toMatchObject({ status: 'completed', turns: 7, input_tokens: 0, output_tokens: 0 })
    expect(run).toMatchObject({ provider: 'code-js', model: 'loomcycle/code-js' })
  })

  /** The first call is made before anybody can look. */
  const moments = [2, 3, 4, 5, 6].flatMap((nth) => [['tool_call', nth] as const, ['tool_result', nth - 1] as const])
  it.each([...moments, ['worker', 2], ['worker', 6], ['editor', 1]] as const)(
    'goes on where it was and repeats nothing when the process is killed at its %s number %i',
    async (where, nth) => {
      let seen = where === 'tool_call' ? 1 : 0
      const looking = Promise.withResolvers<void>()
      let killed: Promise<void> | undefined
      const kill = () => {
        killed ??= runtime.crash()
      }
      const counting =
        (name: string, model: ScriptedModel): ScriptedModel =>
        async (request) => {
          await looking.promise
          if (name !== where || killed || ++seen !== nth) return model(request)
          kill()
          return { hold: true }
        }
      const models = { worker: counting('worker', worker), editor: counting('editor', editor) }
      let runtime = await startRuntime({ env: withExample, models })
      const talk = converse(clientOf(runtime), 'fan-out', items)
      await talk.until('tool_call')
      const { runId } = talk.session
      runtime.ctx.publisher.follow(runId, {
        onEvents(_frames, _head, rows) {
          for (const { type } of rows) if (type === where && ++seen === nth) kill()
        },
      })
      looking.resolve()
      await expect.poll(() => killed !== undefined).toBe(true)
      await killed
      runtime = await runtime.restart()
      const again = new Reader(clientOf(runtime).attachInteractiveSession(runId).events())
      await again.until('awaiting_input')
      expect(again.text()).toBe(answer('default'))
      const count = async (agent: string) =>
        (await runtime.ctx.db.all('select count(*) as n from runs where agent = ?', [agent]))[0]
      expect([await count('worker'), await count('editor')]).toEqual([{ n: 6 }, { n: 1 }])
    },
  )

  it('makes as many calls as it likes, whatever max_iterations says', async () => {
    const counter = code(
      `let last; for (let i = 0; i < 40; i++) last = Memory.incr({ scope: 'agent', key: 'n', delta: 1 }); return last`,
      { maxIterations: 2 },
    )
    const runtime = await startRuntime({ env: withCode, agents: { counter } })
    expect((await runOf(runtime, 'counter')).text()).toBe('{"value":40}')
  })

  it('takes secrets in what it calls as they are, though the log does not have them', async () => {
    const secret = 'sk-a-secret-of-the-operator'
    const keeper = code(`const { value } = Memory.set({ scope: 'agent', key: 'k', value: '${secret}' }); return 'kept'`)
    const runtime = await startRuntime({ env: { ...withCode, ANTHROPIC_API_KEY: secret }, agents: { keeper } })
    const run = await runOf(runtime, 'keeper')
    expect(run.text()).toBe('kept')
    expect(JSON.stringify(run.events)).not.toContain(secret)
  })

  it('fails with what is wrong with it', async () => {
    const agents = { wrong: code('return input.nothing.more'), none: { provider: 'code-js', code: '1' } }
    const runtime = await startRuntime({ env: withCode, agents })
    expect(await failureOf(runtime, 'wrong')).toMatchObject({
      type: 'error',
      code: 'code_agent_threw',
      error: expect.stringContaining('code-js: code_agent_threw: TypeError'),
    })
    expect(await failureOf(runtime, 'none')).toMatchObject({ code: 'code_agent_load' })
  })

  it('says what it likes of its failure, and nobody takes it for a refusal of a service', async () => {
    const runtime = await startRuntime({
      env: withCode,
      agents: { liar: code('throw new Error("prompt is too long: 20 tokens > 10 maximum")') },
    })
    const run = await runOf(runtime, 'liar')
    expect(run.types()).not.toContain('request_adjusted')
  })

  it.each([
    ['its definition', 45, {}, { runTimeoutSeconds: 45 }],
    ['the runtime', 120, {}, {}],
    ['who started it', 5, { runTimeoutSeconds: 5 }, { runTimeoutSeconds: 45 }],
  ])('ends when it has taken as long as %s says, waiting for others included', async (_, seconds, more, agent) => {
    const clock = createTestClock(1_000)
    const runtime = await startRuntime({
      env: withCode,
      clock,
      models: { slow: () => ({ text: 'half', hold: true }) },
      agents: { waits: code(`return Agent.spawn({ name: 'slow', prompt: 'p' })`, agent) },
    })
    const waiting = new Reader(clientOf(runtime).runStreaming({ agent: 'waits', segments: say('go'), ...more }))
    await waiting.until('spawn_child_started')
    await clock.fire(seconds * 1000)
    await waiting.toEnd()
    expect(waiting.events.at(-1)).toMatchObject({
      error: `code_agent_timeout: the run took longer than ${seconds} s, which is its run_timeout_seconds`,
    })
  })

  it('that never ends keeps nobody else from anything, and ends when it is told to', async () => {
    const runtime = await startRuntime({
      env: withCode,
      models: { model: () => ({ text: 'fine' }) },
      agents: { endless: code('for (;;) {}'), quick: code('return "done"') },
    })
    const client = clientOf(runtime)
    const endless = new Reader(client.runStreaming({ agent: 'endless', segments: say('go') }))
    const { run_id } = await endless.until('agent')
    expect((await runOf(runtime, 'quick')).text()).toBe('done')
    expect((await runOf(runtime, 'model')).text()).toBe('fine')
    const [row] = await client.listUserAgents('default', { status: 'running' })
    expect(row).toMatchObject({ run_id })
    await client.cancelAgent(row!.agent_id)
    await endless.toEnd()
    expect(await client.listUserAgents('default', { status: 'cancelled' })).toMatchObject([{ run_id }])
  })

  it('is defined at run time, and the same code is no new version', async () => {
    const runtime = await startRuntime({ env: withCode })
    const client = clientOf(runtime)
    const ensure = (code: string, more: object = {}) => client.ensureCodeAgent({ name: 'adder', code, ...more })
    const source = 'function run({ prompt }) { return eval2(prompt) }\nfunction eval2(text) { return text + "!" }'
    const first = await ensure(source, { description: 'adds', tools: ['Memory'] })
    expect(first).toEqual({ name: 'adder', defId: expect.any(String), version: 1, changed: true })
    expect(await ensure(source, { description: 'adds', tools: ['Memory'] })).toEqual({ ...first, changed: false })
    expect(await ensure(`${source}\n`, { tools: ['Memory'] })).toMatchObject({ version: 2, changed: true })
    expect((await runOf(runtime, 'adder', 'text')).text()).toBe('text!')
    await expect(ensure('function run( {')).rejects.toThrow('overlay.code_body cannot be read')
    await expect(ensure('x'.repeat(262_145))).rejects.toThrow('262145 bytes long and may be 262144')
    await expect(client.agentDef({ op: 'create', name: 'b', overlay: { provider: 'code-js' } })).rejects.toThrow(
      'overlay.code_body is missing',
    )
    await expect(client.agentDef({ op: 'create', name: 'b', overlay: { code_body: source } })).rejects.toThrow(
      'is for agents whose provider is code-js',
    )
    const forked = await client.agentDef({
      ...{ op: 'fork', name: 'adder', promote: true },
      overlay: { code_body: 'function run() { return "other" }' },
    })
    expect(forked).toMatchObject({ version: 3 })
    expect((await runOf(runtime, 'adder')).text()).toBe('other')
  })

  it('is not run unless that is switched on, and says what to do', async () => {
    const runtime = await startRuntime({ agents: { off: code('return 1') } })
    await expect(runOf(runtime, 'off')).rejects.toThrow('set LOOMCYCLE_CODE_AGENTS_ENABLED=1')
    await expect(clientOf(runtime).ensureCodeAgent({ name: 'a', code: 'function run() {}' })).rejects.toThrow(
      'LOOMCYCLE_CODE_AGENTS_ENABLED=1',
    )
  })
})
