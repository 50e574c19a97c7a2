import { describe, expect, it } from 'vitest'
import { modelServices } from '../../../models/providers/registry.ts'
import { ConfigError } from '../config.ts'
import { type Env, readEnv } from './env.ts'

describe('trusted proxies', () => {
  it('are addresses, ranges, and words for ranges', () => {
    const value = '10.0.0.7, 10.0.0.0/24,fd00::/8, ::1 ,loopback'
    const trustedProxies = ['10.0.0.7', '10.0.0.0/24', 'fd00::/8', '::1', 'loopback']
    expect(read({ LOOMCYCLE_TRUSTED_PROXIES: value })).toMatchObject({ trustedProxies })
    expect(read({})).toMatchObject({ trustedProxies: [] })
  })

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', '10.0.0', '*', 'true', '1', '::1/x'])(
    'are not %s',
    (value) => expect(refusal({ LOOMCYCLE_TRUSTED_PROXIES: value })).toMatch(/may hold only addresses and ranges/),
  )
})

describe('listen address', () => {
  const token = 'a-token-that-nobody-guesses'
  it.each([
    [undefined, '127.0.0.1', 8787],
    ['127.0.0.1:9000', '127.0.0.1', 9000],
    ['localhost:9000', 'localhost', 9000],
    [':0', '127.0.0.1', 0],
    [':8787', '127.0.0.1', 8787],
    ['[::1]:8787', '::1', 8787],
    ['127.8.9.1:1', '127.8.9.1', 1],
  ])('reads %s', (value, host, port) => {
    expect(read({ LOOMCYCLE_LISTEN_ADDR: value }).listen).toEqual({ host, port })
  })

  it.each(['0.0.0.0:8787', '[::]:8787', '192.168.1.4:80', 'box.example:80'])('wants a token for %s', (value) => {
    expect(refusal({ LOOMCYCLE_LISTEN_ADDR: value })).toMatch(/set LOOMCYCLE_AUTH_TOKEN as well/)
    expect(read({ LOOMCYCLE_LISTEN_ADDR: value, LOOMCYCLE_AUTH_TOKEN: token }).authToken).toBe(token)
  })

  it('stays on loopback for a bare port even with a token', () => {
    expect(read({ LOOMCYCLE_LISTEN_ADDR: ':0', LOOMCYCLE_AUTH_TOKEN: token }).listen.host).toBe('127.0.0.1')
  })

  it.each(['8787', 'localhost', 'host:99999', '::1:80', '[nope]:80', 'http://127.0.0.1:80', 'a b:80', ':'])(
    'refuses %s with an example of what is right',
    (value) =>
      expect(refusal({ LOOMCYCLE_LISTEN_ADDR: value })).toMatch(/must be host:port, such as 127\.0\.0\.1:8787/),
  )
})

describe('environment', () => {
  it.each([
    ['LOOMCYCLE_TOOL_PARALLELISM', '65', 'from 1 to 64'],
    ['LOOMCYCLE_TOOL_PARALLELISM', '0', 'from 1 to 64'],
    ['LOOMCYCLE_MAX_REQUEST_BYTES', 'lots', 'from 1024 to'],
    ['LOOMCYCLE_SSE_KEEPALIVE_MS', '10', 'from 1000 to 300000, or 0 for off'],
    ['LOOMCYCLE_MEMORY_MAX_VALUE_BYTES', '1e3', 'from 1 to'],
  ])('refuses %s=%s', (name, value, range) => {
    expect(refusal({ [name]: value })).toContain(range)
    expect(refusal({ [name]: value })).toContain(name)
  })

  it('takes an empty variable for an unset one, and 0 for no keepalive', () => {
    expect(read({ LOOMCYCLE_TOOL_PARALLELISM: '', LOOMCYCLE_AUTH_TOKEN: ' ' })).toMatchObject({
      authToken: undefined,
      limits: { toolParallelism: 8 },
    })
    expect(read({ LOOMCYCLE_SSE_KEEPALIVE_MS: '0' }).timings.sseKeepalive).toBe(0)
  })

  it('warns about a token that can be guessed and refuses one that no header can carry', () => {
    expect(read({ LOOMCYCLE_AUTH_TOKEN: 'hunter2' }).warnings).toEqual([expect.stringContaining('openssl rand')])
    expect(refusal({ LOOMCYCLE_AUTH_TOKEN: 'pässword-of-length' })).toMatch(/visible ASCII/)
  })

  it('sets up the services it has the means for', () => {
    const env = { ANTHROPIC_API_KEY: 'k', OPENAI_BASE_URL: 'http://localhost:1/v1/', DEEPSEEK_BASE_URL: 'http://d' }
    const { providers, warnings } = read(env)
    expect(providers).toEqual({
      anthropic: { apiKey: 'k', baseUrl: undefined },
      openai: { apiKey: undefined, baseUrl: 'http://localhost:1/v1' },
    })
    expect(warnings).toEqual(['DEEPSEEK_BASE_URL has no effect without DEEPSEEK_API_KEY; set the key as well.'])
  })

  it.each([
    ['0', false],
    ['false', false],
    ['No', false],
    ['OFF', false],
    ['1', true],
    ['True', true],
    ['yes', true],
    ['on', true],
    ['', true],
  ])('reads a switch of %s as %s', (value, on) => {
    expect(read({ LOOMCYCLE_SAMPLE: value }).sample).toBe(on)
    expect(read({ LOOMCYCLE_SQLMEM_ENABLED: value }).sqlMemory.enabled).toBe(on)
  })

  it('refuses a switch that is neither on nor off', () => {
    expect(refusal({ LOOMCYCLE_SAMPLE: 'nope' })).toMatch(/LOOMCYCLE_SAMPLE is "nope" but must be 1, true, yes or on/)
    for (const name of ['UPGRADE_COPY', 'NO_DEFAULT_PROVIDERS', 'MOCK_ENABLED', 'EMBEDDER_STUB', 'SQLMEM_ENABLED']) {
      expect(refusal({ [`LOOMCYCLE_${name}`]: 'constructor' })).toContain(name)
    }
  })

  it('refuses an address that is none', () => {
    expect(refusal({ OLLAMA_BASE_URL: 'localhost:11434' })).toMatch(/OLLAMA_BASE_URL must be an address/)
  })
})

function read(env: Env) {
  return readEnv(env, modelServices)
}

function refusal(env: Env): string {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'not refused'
}
