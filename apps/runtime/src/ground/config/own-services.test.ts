import { describe, expect, it } from 'vitest'
import { replaceLive } from './live-config.ts'
import { loadConfig } from './load.ts'
import { aFolder, load } from './testing/loaded.ts'

const KEY = 'sk-or-v1-0123456789abcdef'
const env = { GATE_KEY: ` ${KEY} `, TEAM: 'team-number-seven' }
const entry = (fields: string) => ({ 'a.yaml': `providers: { gate: { ${fields} } }` })
const whole = 'base_url: "https://gate.test/api/v1", api_key_env: GATE_KEY'

const refused = (fields: string) =>
  load(entry(fields), env).then(
    () => 'not refused',
    (error: Error) => error.message,
  )

describe('services of the operator’s own', () => {
  it('are known by their names, with keys and headers from the environment', async () => {
    const { providers, agents, warnings, secrets } = await load(
      {
        'a.yaml': `
providers:
  gate: { ${whole}, headers_env: { X-Team: TEAM }, omit: [seed], rename: { stop: stops }, tools: false, local: false }
  near: { base_url: "http://near:8000" }
agents: { a: { provider: gate, model: m } }`,
      },
      env,
    )
    expect(providers).toEqual({
      gate: {
        apiKey: KEY,
        baseUrl: 'https://gate.test/api/v1',
        own: {
          keyVariable: 'GATE_KEY',
          headers: { 'X-Team': 'team-number-seven' },
          quirks: { isLocal: false, omit: ['seed'], rename: { stop: 'stops' }, extra: {}, takesTools: false },
        },
      },
      near: {
        baseUrl: 'http://near:8000',
        own: { headers: {}, quirks: { omit: [], rename: {}, extra: {}, takesTools: true } },
      },
    })
    expect(agents.a).toMatchObject({ provider: 'gate', model: 'm' })
    expect(warnings).toEqual([])
    expect([...secrets]).toEqual([
      ['GATE_KEY', KEY],
      ['TEAM', 'team-number-seven'],
    ])
  })

  it('are not there without their variables, which is said', async () => {
    const { providers, warnings } = await load(
      {
        'a.yaml': `providers: { gate: { ${whole}, headers_env: { X-Team: TEAM } } }\nagents: { a: { provider: gate } }`,
      },
      { GATE_KEY: '' },
    )
    expect(providers).toEqual({})
    expect(warnings).toEqual([
      'providers.gate is not set up; set GATE_KEY, TEAM.',
      'Agent a uses gate, which is not set up; set GATE_KEY.',
    ])
  })

  it('can be switched off, and are not known then', async () => {
    const off = { 'a.yaml': `providers: { gate: { ${whole}, enabled: false } }` }
    expect((await load(off, env)).providers).toEqual({})
    await expect(load({ ...off, 'b.yaml': 'agents: { a: { provider: gate } }' }, env)).rejects.toThrow(
      'names the provider "gate", which is not known',
    )
  })

  it.each(['api_key', 'apiKey', 'key', 'token', 'secret', 'Authorization', 'headers'])(
    'take no %s in a file, and never repeat it',
    async (name) => {
      const message = await refused(`${whole}, ${name}: "${KEY}"`)
      expect(message).toMatch(
        new RegExp(
          `^a\\.yaml:1: providers\\.gate\\.${name} is not read; put it into a variable of the environment and name that in (api_key|headers)_env`,
        ),
      )
      expect(message).not.toContain(KEY)
    },
  )

  it.each([
    ['api_key_env: "gsk_0123456789abcdef"', 'providers.gate.api_key_env must be the name of a variable'],
    [
      'headers_env: { X-Team: "sk-0123456789abcdef" }',
      'providers.gate.headers_env.X-Team must be the name of a variable',
    ],
    [
      'base_url: "https://me:0123456789abcdef@gate.test"',
      'providers.gate.base_url must be an address and nothing behind',
    ],
    ['base_url: "https://gate.test/v1?key=0123456789abcdef"', 'providers.gate.base_url must be an address and nothing'],
    ['base_url: "gate.test"', 'providers.gate.base_url must be an address that starts with http:// or https://'],
    ['api_key_env: GATE_KEY', 'providers.gate has no base_url; say where it is.'],
    ['base_url: "https://gate.test", stream: 1', 'providers.gate.stream is not a setting'],
    ['base_url: "https://gate.test", effort: loud', 'providers.gate.effort must be one of reasoning_effort, reasoning'],
  ])('are refused with %s, in words that repeat no key', async (fields, sentence) => {
    const message = await refused(fields)
    expect(message).toContain(sentence)
    expect(message).not.toContain('0123456789abcdef')
  })

  it.each([
    ['scripted', 'has the name of a service that there is already; give it another.'],
    ['a/b', 'is not a good name'],
  ])('are not called %s', async (name, sentence) => {
    const file = `providers: { "${name}": { base_url: "https://gate.test" } }`
    await expect(load({ 'a.yaml': file })).rejects.toThrow(`providers.${name} ${sentence}`)
  })

  it('are as they were until a restart, which a reload says', async () => {
    const cwd = aFolder({
      'a.yaml': entry(whole)['a.yaml'],
      'b.yaml': entry(`${whole}, omit: [seed]`)['a.yaml'],
    })
    const read = (file: string, more: object = {}) =>
      loadConfig({ env: { ...env, LOOMCYCLE_CONFIG_FILES: file }, cwd, services: [], ...more })
    const config = await read('a.yaml')
    const { providers } = config
    expect(replaceLive(config, await read('a.yaml', { providers })).needsRestart).toEqual([])
    expect(replaceLive(config, await read('b.yaml', { providers })).needsRestart).toEqual(['providers'])
    expect(config.providers).toBe(providers)
  })
})
