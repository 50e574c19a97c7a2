import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Provider, ProviderEvent } from '../src/models/providers/provider.ts'
import { tempDir } from '../src/testing/temp-dir.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'

/** A runtime with a configuration file that can be written anew. */
async function configured(yaml: string, options: TestRuntimeOptions = {}) {
  const file = join(tempDir(), 'a.yaml')
  writeFileSync(file, yaml)
  const env = { LOOMCYCLE_CONFIG_FILES: file, LOOMCYCLE_PRESETS: 'base', ...options.env }
  const runtime = await startRuntime({ ...options, env })
  const client = clientOf(runtime)
  const agents = async () => (await client.runnableAgents()).agents.map(({ name }) => name)
  return { runtime, client, agents, file, write: (yaml: string) => writeFileSync(file, yaml) }
}

const own = (agents: string, rest = '') => `agents: { ${agents} }\n${rest}`
const scripted = 'provider: scripted, model: demo'

describe('a configuration that is read again', () => {
  it('is in effect at once, and says what is different', async () => {
    const { runtime, client, agents, write } = await configured(
      own(`old: { ${scripted} }, both: { ${scripted}, system_prompt: A }`, 'channels: { news: {} }'),
    )
    write(
      own(
        `both: { ${scripted}, system_prompt: B }, new: { ${scripted}, tools: [Memory] }`,
        `default_agent: new
concurrency: { max_concurrent_runs: 3 }
interruption: { max_pending_per_run: 2 }
skills: { s: { body: Do it. } }
volumes: { v: { path: . } }
models: { m: { provider: openai, model: m, context_window: 5000 } }
defaults: { provider: scripted, model: demo }`,
      ),
    )
    expect(await client.reloadConfig()).toEqual({
      changes: [
        { section: 'agents', added: ['new'], changed: ['both'], removed: ['old'] },
        { section: 'skills', added: ['s'], changed: [], removed: [] },
        { section: 'volumes', added: ['v'], changed: [], removed: [] },
        { section: 'channels', added: [], changed: [], removed: ['news'] },
        { section: 'models', added: ['openai/m'], changed: [], removed: [] },
        { section: 'defaults', added: ['provider', 'model'], changed: [], removed: [] },
        { section: 'concurrency', added: [], changed: ['maxConcurrentRuns'], removed: [] },
        { section: 'interruption', added: [], changed: ['maxPendingPerRun'], removed: [] },
        { section: 'default_agent', added: [], changed: ['new'], removed: [] },
      ],
      needs_restart: [],
      overrides: [],
      warnings: [
        'Agent new lists the tool Memory but neither memory_scopes nor sql_scopes; every call will be refused.',
      ],
    })
    expect(await agents()).toEqual(['new', 'demo', 'both'])
    const { config, slots } = runtime.ctx
    expect(slots.stats().max_concurrent_runs).toBe(3)
    expect(config).toMatchObject({ defaultAgent: 'new', windows: { 'openai/m': 5000 }, volumes: [{ name: 'v' }] })
    expect(config.completePin({ model: 'm' }, '')).toEqual({ provider: 'openai', model: 'm' })
    const said = runtime.said.map((line) => JSON.parse(line) as { level: string; message?: string; msg?: string })
    expect(JSON.stringify(said)).toContain(
      'the configuration was read again: agents added new; changed both; removed old',
    )
    expect((await client.reloadConfig()).changes).toEqual([])
  })

  it('stays as it was, whole, where the new one is wrong anywhere', async () => {
    const { client, agents, write, file } = await configured(own(`old: { ${scripted} }`))
    write(own(`new: { ${scripted} }`, 'volumes: { v: { path: none } }'))
    await expect(client.reloadConfig()).rejects.toMatchObject({
      status: 422,
      code: 'config_refused',
      message: expect.stringMatching(/a\.yaml:2: volumes\.v\.path names .*Nothing was changed\./),
    })
    rmSync(file)
    await expect(client.reloadConfig()).rejects.toMatchObject({ code: 'config_refused' })
    expect(await agents()).toEqual(['demo', 'old'])
  })

  it('names what stays as it is until the next start', async () => {
    const { client, runtime, write } = await configured('memory: { entries: [] }')
    write('memory: { entries: [{ scope: tenant, key: k, value: 1 }] }')
    expect(await client.reloadConfig()).toMatchObject({ changes: [], needs_restart: ['memory'] })
    expect(runtime.ctx.config.memory.entries).toEqual([])
  })

  it('lets a run go on as it began, whatever becomes of its agent', async () => {
    const systems: string[] = []
    const service: Provider = {
      id: 'openai',
      listModels: async () => ['m'],
      preferredModel: () => 'm',
      capabilities: () => ({ thinking: false, vision: false }),
      async *stream({ system }): AsyncGenerator<ProviderEvent> {
        systems.push(system.map(({ text }) => text).join())
        yield { type: 'text', text: 'ok' }
        yield { type: 'done', stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } }
      },
    }
    const { runtime, client, write } = await configured(own('a: { provider: openai, model: m, system_prompt: A }'), {
      providers: [service],
    })
    const talk = converse(client, 'a', 'one')
    await talk.until('awaiting_input')
    const wait = (times: number) => expect.poll(() => systems.length).toBe(times)
    write(own('a: { provider: openai, model: m, system_prompt: B }'))
    await client.reloadConfig()
    await client.sendRunInput(talk.session.runId, 'two')
    await wait(2)
    write('{}')
    await client.reloadConfig()
    await talk.until('awaiting_input')
    await client.sendRunInput(talk.session.runId, 'three')
    await wait(3)
    expect(systems).toEqual(['A', 'A', 'A'])
    expect(runtime.ctx.config.agents.a).toBeUndefined()
  })

  it('has whoever waits for a place begin where there are more places now', async () => {
    const { runtime, client, write } = await configured('concurrency: { max_concurrent_runs: 1 }')
    const { slots } = runtime.ctx
    await slots.wait('ada').slot
    const second = slots.wait('ada')
    expect(slots.stats()).toMatchObject({ active: 1, queued: 1 })
    write('concurrency: { max_concurrent_runs: 2 }')
    await client.reloadConfig()
    await second.slot
    expect(slots.stats()).toMatchObject({ active: 2, queued: 0 })
  })

  it('has calls to a model service that wait be made where more may be made now', async () => {
    const { runtime, client, write } = await configured('concurrency: { calls: { scripted: 1 } }')
    const { callQueue } = runtime.ctx
    const whose = { tenantId: 'default', userId: 'ada' }
    const enter = () => callQueue.enter('scripted', { whose }, AbortSignal.any([]))
    await enter()
    const second = enter()
    expect(callQueue.stats()).toEqual({ scripted: { active: 1, queued: 1 } })
    write('concurrency: { calls: { scripted: 2 } }')
    expect(await client.reloadConfig()).toMatchObject({ changes: [{ section: 'concurrency.calls' }] })
    await second
    expect(callQueue.stats()).toEqual({ scripted: { active: 2, queued: 0 } })
  })
})

describe('what the runtime says of its set-up', () => {
  it('are its bundles, each as a file, and every variable', async () => {
    const { client } = await configured('{}')
    const { units } = await client.listPresets()
    expect(units.map(({ name, kind }) => `${kind} ${name}`)).toEqual(
      ['base', 'chat', 'document-agent', 'agent-teams', 'launch'].map((name) => `bundle ${name}`),
    )
    const { name, yaml } = await client.getPreset('chat')
    expect([name, Object.keys(parse(yaml).agents)]).toEqual(['chat', ['chat/medium', 'chat/local', 'chat/local-small']])
    await expect(client.getPreset('cat')).rejects.toMatchObject({ status: 404, code: 'unknown_preset' })
    expect((await client.getEnvTemplate()).env).toContain('\n#LOOMCYCLE_LISTEN_ADDR=127.0.0.1:8787\n')
  })

  it('is help, by topic', async () => {
    const { client } = await configured('{}')
    const { topics, count } = await client.listHelp()
    expect(topics).toHaveLength(count)
    expect(await client.getHelp('memory')).toMatchObject({ name: 'memory', source: 'builtin' })
    await expect(client.getHelp('cooking')).rejects.toMatchObject({ status: 404, code: 'unknown_topic' })
  })

  it('is the schema that editors go by, for anybody who asks', async () => {
    const token = 'a-token-that-is-long-enough'
    const { runtime } = await configured('{}', { env: { LOOMCYCLE_AUTH_TOKEN: token } })
    const response = await fetch(`${runtime.url}/v1/config.schema.json`)
    const kept = readFileSync(join(import.meta.dirname, '../../../docs/config.schema.json'), 'utf8')
    expect(await response.json()).toEqual(JSON.parse(kept))
  })
})
