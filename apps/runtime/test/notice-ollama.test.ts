import { describe, expect, it } from 'vitest'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { ollamaText, startFakeUpstream } from '../src/testing/fake-upstream.ts'
import { clientOf } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const everyMs = 3_000

/** An address at which nobody answers yet. */
async function quietAddress() {
  const upstream = await startFakeUpstream()
  const { url } = upstream
  await upstream.close()
  return { url, listen: (models: string[]) => startFakeUpstream({ port: Number(new URL(url).port), models }) }
}

async function started(url: string, env: Record<string, string> = {}) {
  const clock = createTestClock(1_700_000_000_000)
  const runtime = await startRuntime({
    clock,
    env: { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '0', LOOMCYCLE_DETECT_OLLAMA_URL: url, ...env },
  })
  const client = clientOf(runtime)
  const agents = async () => (await client.runnableAgents()).agents.map(({ name }) => name)
  const local = async () => (await client.getResolver()).providers['ollama-local']!
  const look = () => clock.fire(everyMs)
  return { runtime, client, clock, agents, local, look }
}

describe('an Ollama that is started after the runtime', () => {
  it('is noticed once it has a model, and agents that were not there answer with it', async () => {
    const { url, listen } = await quietAddress()
    const { client, clock, agents, local, look } = await started(url)
    expect(await agents()).toContain('demo')
    expect(await agents()).not.toContain('assistant')

    await look()
    await expect.poll(local).toMatchObject({ excluded: true, last_error: `No Ollama answers at ${url}.` })
    expect(await local()).toMatchObject({
      to_set_up: 'set OLLAMA_BASE_URL',
      address_variable: 'OLLAMA_BASE_URL',
      last_check: '2023-11-14T22:13:23.000Z',
    })

    const upstream = await listen(['qwen3:4b'])
    await look()
    await expect.poll(agents).toContain('assistant')
    expect(await local()).toMatchObject({ excluded: false, source: 'found' })
    upstream.enqueue(ollamaText('Here I am.'))
    const said: string[] = []
    const segments = [{ role: 'user' as const, content: [{ type: 'trusted-text' as const, text: 'hi' }] }]
    for await (const event of client.runStreaming({ agent: 'assistant', segments })) {
      if (event.type === 'text') said.push(event.text ?? '')
    }
    expect(said.join('')).toBe('Here I am.')
    // Nobody looks for it any more.
    await clock.disarmed(everyMs)
    await upstream.close()
  })

  it('is of no use before it has a model, and that is said', async () => {
    const { url, listen } = await quietAddress()
    const { local, look } = await started(url)
    const empty = await listen([])
    await look()
    await expect
      .poll(async () => (await local()).last_error)
      .toBe(`Ollama answers at ${url}, and has no model yet: ollama pull one.`)
    expect((await local()).excluded).toBe(true)
    await empty.close()
  })

  it('is not looked for where a service is set up, nor where that is switched off', async () => {
    const { url, listen } = await quietAddress()
    const upstream = await listen(['qwen3:4b'])
    const before = upstream.connections()
    const others: Record<string, string>[] = [
      { OPENAI_API_KEY: 'key-of-test' },
      { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1' },
    ]
    for (const env of others) {
      const { runtime, clock } = await started(url, env)
      await clock.disarmed(everyMs)
      expect(runtime.ctx.config.providers['ollama-local']).toBeUndefined()
    }
    expect(upstream.connections()).toBe(before)
    await upstream.close()
  })
})
