import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientOf, converse } from '../../src/testing/test-client.ts'
import { startRuntime, type TestRuntimeOptions } from '../../src/testing/test-runtime.ts'

const token = 'a token nobody guesses'.replaceAll(' ', '-')
const bearer = { authorization: `Bearer ${token}` }
const models: TestRuntimeOptions['models'] = { agent: () => ({ text: 'hi' }) }
const app = 'tauri://localhost'

const guarded = (env: Record<string, string> = {}) =>
  startRuntime({ models, env: { LOOMCYCLE_AUTH_TOKEN: token, ...env } })

/** `fetch` sets some of these headers itself. */
function ask(url: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    request(new URL(path, url), { method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }))
    })
      .on('error', reject)
      .end()
  })
}

describe('a program with the token', () => {
  it.each([
    ['an app in a shell', { origin: app }],
    ['an extension', { origin: 'chrome-extension://abcdefghijklmnop', 'sec-fetch-site': 'cross-site' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['whoever is behind a proxy that has another name', { host: 'loom.example', origin: 'https://loom.example:9443' }],
    ['a container', { host: 'loomcycle:8787' }],
    ['a machine of the house', { host: 'truenas.local' }],
  ])('is answered: %s', async (_, headers) => {
    const { url } = await guarded()
    expect((await ask(url, '/v1/_me', { ...headers, ...bearer })).status).toBe(200)
    expect((await ask(url, '/v1/_history', { ...headers, ...bearer }, 'POST')).status).toBe(400)
    expect((await ask(url, '/v1/_me', { ...headers, authorization: 'Bearer wrong' })).status).toBe(401)
  })

  it('is told what to set where it does without', async () => {
    const { url } = await guarded({ LOOMCYCLE_ALLOWED_HOSTS: 'one.example' })
    const byName = await ask(url, '/v1/_me', { host: 'truenas.local:8787' })
    expect(byName).toMatchObject({
      status: 403,
      text: expect.stringContaining('set LOOMCYCLE_ALLOWED_HOSTS=one.example,truenas.local to'),
    })
    const fromPage = await ask(url, '/v1/_me', { origin: app })
    expect(fromPage).toMatchObject({
      status: 403,
      text: expect.stringContaining(`set LOOMCYCLE_ALLOWED_ORIGINS=${app} to`),
    })
  })

  it('is asked for nothing to see that the runtime is there', async () => {
    const { url } = await guarded()
    expect((await ask(url, '/healthz', { host: 'loomcycle:8787' })).status).toBe(200)
    const open = await startRuntime()
    expect((await ask(open.url, '/healthz', { host: 'loomcycle:8787' })).status).toBe(403)
  })
})

describe('a page of an origin that is allowed', () => {
  const allowed = { LOOMCYCLE_ALLOWED_ORIGINS: `http://localhost:5173, ${app}` }

  it('may ask with the token, and read what it is answered, errors and streams included', async () => {
    const runtime = await guarded(allowed)
    const { url } = runtime
    const asked = {
      origin: app,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }
    expect(await ask(url, '/v1/runs', asked, 'OPTIONS')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': app,
        'access-control-allow-headers': expect.stringContaining('Authorization'),
        'access-control-allow-methods': expect.stringContaining('POST'),
      },
    })
    const talk = converse(clientOf(runtime, token), 'agent', 'hi')
    await talk.until('awaiting_input')
    await clientOf(runtime, token).cancelAgent(talk.session.agentId)
    for (const path of ['/v1/_me', '/v1/agents/nobody', `/v1/runs/${talk.session.runId}/stream`]) {
      expect((await ask(url, path, { origin: app, ...bearer })).headers).toMatchObject({
        'access-control-allow-origin': app,
        vary: 'Origin',
      })
    }
    const refused = await ask(url, '/v1/_me', { origin: app })
    expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': app } })
  })

  it('may not ask with the cookie of a browser, and nobody else’s page is told anything', async () => {
    const { url } = await guarded(allowed)
    const signedIn = await ask(url, '/ui/session', bearer, 'POST')
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
    expect((await ask(url, '/v1/_me', { cookie })).status).toBe(200)
    expect((await ask(url, '/v1/_me', { cookie, origin: app })).status).toBe(403)
    const asked = { origin: 'https://evil.example', 'access-control-request-method': 'GET' }
    const evil = await ask(url, '/v1/_me', asked, 'OPTIONS')
    expect(evil.status).toBe(403)
    expect(evil.headers).not.toHaveProperty('access-control-allow-origin')
    expect((await ask(url, '/v1/_me', { ...asked, ...bearer })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    )
  })

  it('may ask in open mode, where others may not', async () => {
    const { url } = await startRuntime({ env: allowed })
    const from = { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-site' }
    expect((await ask(url, '/v1/_me', from)).status).toBe(200)
    const other = { ...from, origin: 'http://localhost:5174' }
    expect((await ask(url, '/v1/_me', other)).status).toBe(403)
    // Where there is no token, none is right.
    expect((await ask(url, '/v1/_me', { ...other, ...bearer })).status).toBe(403)
  })

  it('has to be named as an origin', async () => {
    await expect(startRuntime({ env: { LOOMCYCLE_ALLOWED_ORIGINS: 'https://app.example/' } })).rejects.toThrow(
      /origins, such as/,
    )
  })
})
