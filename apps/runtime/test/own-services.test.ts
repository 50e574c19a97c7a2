import { expect, it, onTestFinished } from 'vitest'
import { loadConfig } from '../src/ground/config/load.ts'
import { aFolder } from '../src/ground/config/testing/loaded.ts'
import { createProviders, modelServices } from '../src/models/providers/registry.ts'
import { openaiText, startFakeUpstream, statusReply } from '../src/testing/fake-upstream.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const env = { GATE: 'tulips-and-roses-4711', TEAM: 'the-team-of-the-seventh-floor' }

it('what opens a service of the operator’s own is in no event, answer, log or trace, whatever the service says', async () => {
  const upstream = await startFakeUpstream({
    script: ({ body, headers }) => {
      const told = `${headers.authorization} ${headers['x-team']}`
      const last = JSON.stringify(body.messages.at(-1))
      return last.includes('fail') ? statusReply(400, { error: { message: told } }) : openaiText(['You are ', told])
    },
  })
  onTestFinished(() => upstream.close())
  const yaml = `
providers:
  gate: { base_url: "${upstream.url}/v1", api_key_env: GATE, headers_env: { X-Team: TEAM } }
agents: { keeper: { provider: gate, model: m } }`
  const folder = aFolder({ 'a.yaml': yaml })
  const settings = { ...env, LOOMCYCLE_CONFIG_FILES: `${folder}/a.yaml`, LOOMCYCLE_LOG_LEVEL: 'debug' }
  const { providers } = await loadConfig({ env: settings, cwd: folder, services: modelServices })
  const runtime = await startRuntime({ env: settings, providers: [...createProviders(providers).values()] })
  const client = clientOf(runtime)

  const talk = converse(client, 'keeper', 'who am I?')
  await talk.until('awaiting_input')
  expect(talk.text()).toBe('You are Bearer [redacted:GATE] [redacted:TEAM]')
  await talk.session.send('now fail')
  await talk.until('error')
  expect(upstream.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${env.GATE}`, 'x-team': env.TEAM })

  const stored = JSON.stringify(await runtime.ctx.db.all('select * from events', []))
  const inputs = upstream.requests.map(({ text }) => text).join('\n')
  const lines = [...runtime.log, ...runtime.said].join('\n')
  for (const text of [JSON.stringify(talk.events), stored, inputs, lines]) {
    expect(text).not.toBe('')
    for (const secret of Object.values(env)) expect(text).not.toContain(secret)
  }
})
