import { request as rawRequest } from 'node:http'
import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { startRuntime } from '../src/testing/test-runtime.ts'

const json = { 'content-type': 'application/json' }
const hello = { models: { echo: () => ({ text: 'hi' }) } }

async function ask(url: string, init: RequestInit & { path: string }) {
  const response = await fetch(url + init.path, init)
  return {
    status: response.status,
    code: response.headers.get(ERROR_CODE_HEADER),
    text: await response.text(),
    headers: response.headers,
  }
}

describe('a request that is wrong', () => {
  const cases: [string, string, RequestInit, number, string, RegExp][] = [
    [
      'not UTF-8',
      '/v1/runs',
      {
        body: new Uint8Array([...Buffer.from('{"agent":"echo","prompt":"gr'), 0xfc, ...Buffer.from('n"}')]),
        headers: json,
      },
      400,
      'invalid_json',
      /the body is not utf-8/,
    ],
    [
      'in a charset that nobody knows',
      '/v1/runs',
      { body: '{"agent":"echo","prompt":"x"}', headers: { 'content-type': 'application/json; charset=klingon' } },
      415,
      'unsupported_media_type',
      /The charset klingon is not known here/,
    ],
    ['no JSON', '/v1/runs', { body: '{"agent":', headers: json }, 400, 'invalid_json', /^bad json: .+\n$/],
    [
      'a list instead of an object',
      '/v1/runs',
      { body: '[]', headers: json },
      400,
      'invalid_json',
      /must be an object/,
    ],
    ['no agent', '/v1/runs', { body: '{}', headers: json }, 400, 'invalid_request', /^agent is required\n$/],
    ['no input', '/v1/runs', { body: '{"agent":"echo"}', headers: json }, 400, 'invalid_request', /segments or prompt/],
    [
      'an unknown agent',
      '/v1/runs',
      { body: '{"agent":"nobody","prompt":"x"}', headers: json },
      400,
      'unknown_agent',
      /unknown agent "nobody"/,
    ],
    [
      'an agent called __proto__',
      '/v1/runs',
      { body: '{"agent":"__proto__","prompt":"x"}', headers: json },
      400,
      'unknown_agent',
      /__proto__/,
    ],
    [
      'a wrong type',
      '/v1/runs',
      { body: '{"agent":7,"prompt":"x"}', headers: json },
      400,
      'invalid_request',
      /agent must be text/,
    ],
    [
      'segments of a wrong shape',
      '/v1/runs',
      { body: '{"agent":"echo","segments":[{"role":"user","content":"hi"}]}', headers: json },
      400,
      'invalid_request',
      /segments\.0\.content/,
    ],
    [
      'a bad agent_id',
      '/v1/runs',
      { body: '{"agent":"echo","prompt":"x","agent_id":"../x"}', headers: json },
      400,
      'invalid_request',
      /agent_id/,
    ],
    [
      'a temperature of 9',
      '/v1/runs',
      { body: '{"agent":"echo","prompt":"x","sampling":{"temperature":9}}', headers: json },
      400,
      'invalid_request',
      /temperature/,
    ],
    [
      'a missing session',
      '/v1/runs',
      { body: '{"agent":"echo","prompt":"x","session_id":"s_nope"}', headers: json },
      404,
      'session_not_found',
      /^session not found: s_nope\n$/,
    ],
    [
      'another content type',
      '/v1/runs',
      { body: 'agent=echo', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
      /application\/json/,
    ],
    [
      'a missing session to go on with',
      '/v1/sessions/s_nope/messages',
      { body: '{}', headers: json },
      404,
      'session_not_found',
      /session not found/,
    ],
    [
      'input for nobody',
      '/v1/runs/r_nope/input',
      { body: '{"text":"x"}', headers: json },
      404,
      'no_live_run',
      /^no in-flight run for that run_id\n$/,
    ],
    ['empty input', '/v1/runs/r_nope/input', { body: '{"text":"  "}', headers: json }, 422, 'empty_input', /empty/],
    ['input without text', '/v1/runs/r_nope/input', { body: '{}', headers: json }, 422, 'empty_input', /empty/],
    [
      'input with nothing in its segments',
      '/v1/runs/r_nope/input',
      { body: '{"segments":[{"role":"user","content":[{"type":"trusted-text","text":" "}]}]}', headers: json },
      422,
      'empty_input',
      /empty/,
    ],
    [
      'instructions for a run that has begun',
      '/v1/runs/r_nope/input',
      { body: '{"text":"x","segments":[{"role":"system","content":[]}]}', headers: json },
      400,
      'invalid_request',
      /segments must be of the role user/,
    ],
    [
      'a run id with a slash',
      '/v1/runs/a%2Fb/input',
      { body: '{"text":"x"}', headers: json },
      400,
      'invalid_request',
      /run_id/,
    ],
    [
      'a run id with NUL',
      '/v1/runs/a%00b/input',
      { body: '{"text":"x"}', headers: json },
      400,
      'invalid_request',
      /run_id/,
    ],
    [
      'an unknown handle',
      '/v1/agents/a_nope/cancel',
      { body: '{}', headers: json },
      404,
      'unknown_agent_id',
      /"code":"unknown_agent_id"/,
    ],
    [
      'an op without a name',
      '/v1/_history',
      { body: '{}', headers: json },
      400,
      'invalid_body',
      /"code":"invalid_body"/,
    ],
    [
      'an unknown op',
      '/v1/_history',
      { body: '{"op":"explode"}', headers: json },
      422,
      'tool_refused',
      /"tool":"History"/,
    ],
    [
      'an op with a wrong type',
      '/v1/_history',
      { body: '{"op":"list","limit":"many"}', headers: json },
      422,
      'tool_refused',
      /list: limit must be/,
    ],
    [
      'somebody else’s chat',
      '/v1/_history',
      { body: '{"op":"rename","session_id":"s_x","title":"y"}', headers: json },
      422,
      'tool_refused',
      /rename: session not found/,
    ],
    [
      'a path that is not there',
      '/v1/nothing',
      { body: '{}', headers: json },
      404,
      'route_not_found',
      /^404 page not found\n$/,
    ],
    ['a broken path', '/v1/runs/%zz/input', { body: '{}', headers: json }, 400, 'bad_request', /./],
  ]

  it.each(cases)('with %s is told so', async (_what, path, init, status, code, text) => {
    const runtime = await startRuntime(hello)
    const answer = await ask(runtime.url, { ...init, path, method: 'POST' })
    expect(answer).toMatchObject({ status, code })
    expect(answer.text).toMatch(text)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('by method is told which ones there are', async () => {
    const runtime = await startRuntime(hello)
    const answer = await ask(runtime.url, { path: '/v1/runs', method: 'DELETE' })
    expect(answer).toMatchObject({ status: 405, code: 'method_not_allowed', text: 'Method Not Allowed\n' })
    expect(answer.headers.get('allow')).toBe('POST')
  })

  it('by size is told the setting', async () => {
    const runtime = await startRuntime({ ...hello, env: { LOOMCYCLE_MAX_REQUEST_BYTES: '2000' } })
    const body = JSON.stringify({ agent: 'echo', prompt: 'x'.repeat(3000) })
    const answer = await ask(runtime.url, { path: '/v1/runs', method: 'POST', headers: json, body })
    expect(answer).toMatchObject({ status: 413, code: 'payload_too_large' })
    expect(answer.text).toContain('LOOMCYCLE_MAX_REQUEST_BYTES')
  })

  it('in reading is told so as well', async () => {
    const runtime = await startRuntime(hello)
    for (const [path, status] of [
      ['/v1/sessions/s_nope/transcript', 404],
      ['/v1/sessions/a%2Fb%00/transcript', 404],
      ['/v1/runs/r_nope/stream', 404],
      ['/v1/agents/a_nope', 404],
      ['/v1/users/a%20b/agents', 400],
    ] as const) {
      expect(await ask(runtime.url, { path }), path).toMatchObject({ status })
    }
  })
})

describe('odd text', () => {
  it('goes in and comes out whole', async () => {
    const runtime = await startRuntime({
      models: { echo: (request) => ({ text: JSON.stringify(request.messages.at(-1)) }) },
    })
    const prompt = 'NUL \u0000, é, 👩‍👩‍👧, \u2028, "quotes" and \\'
    const response = await fetch(`${runtime.url}/v1/runs`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ agent: 'echo', prompt }),
    })
    const stream = await response.text()
    const session = /"session_id":"(s_\w+)"/.exec(stream)![1]
    const transcript = await (await fetch(`${runtime.url}/v1/sessions/${session}/transcript`)).json()
    expect(transcript.events[0].payload[0].content[0].text).toBe(prompt)
    const said = transcript.events
      .filter((e: { type: string }) => e.type === 'text')
      .map((e: { event: { text: string } }) => e.event.text)
    expect(JSON.parse(said.join('')).content[0].text).toBe(prompt)
  })

  it('that is half a character becomes a replacement character', async () => {
    const runtime = await startRuntime(hello)
    const response = await fetch(`${runtime.url}/v1/runs`, {
      method: 'POST',
      headers: json,
      body: '{"agent":"echo","prompt":"a\\ud800b"}',
    })
    const session = /"session_id":"(s_\w+)"/.exec(await response.text())![1]
    const transcript = await (await fetch(`${runtime.url}/v1/sessions/${session}/transcript`)).json()
    expect(transcript.events[0].payload[0].content[0].text).toBe('a\ufffdb')
  })
})

describe('who may ask', () => {
  const token = 'a-token-of-some-length'
  const guarded = { ...hello, config: { authToken: token } }
  const get = (url: string, path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; code: string }>((resolve, reject) => {
      const { hostname, port } = new URL(url)
      rawRequest({ hostname, port, path, headers }, (response) => {
        response.resume()
        resolve({ status: response.statusCode!, code: String(response.headers[ERROR_CODE_HEADER.toLowerCase()]) })
      })
        .on('error', reject)
        .end()
    })

  it('is nobody without the token', async () => {
    const runtime = await startRuntime(guarded)
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: 'nonsense' },
      { cookie: 'loomcycle_session=wrong' },
    ] as Record<string, string>[]) {
      expect(await ask(runtime.url, { path: '/v1/_me', headers })).toMatchObject({
        status: 401,
        text: 'unauthorized\n',
      })
    }
    expect((await ask(runtime.url, { path: '/healthz' })).status).toBe(200)
  })

  it('is a bearer, or a browser that signed in', async () => {
    const runtime = await startRuntime(guarded)
    const bearer = { authorization: `bEARER ${token}` }
    expect(JSON.parse((await ask(runtime.url, { path: '/v1/_me', headers: bearer })).text)).toEqual({
      tenant_id: 'default',
      subject: 'default',
      scopes: ['substrate:admin'],
      is_admin: true,
      legacy: true,
      capabilities: expect.anything(),
    })
    const login = await ask(runtime.url, { path: '/ui/session', method: 'POST', headers: bearer })
    expect(login.status).toBe(204)
    const cookie = login.headers.get('set-cookie')!
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    const headers = { cookie: cookie.split(';')[0]! }
    expect((await ask(runtime.url, { path: '/v1/_me', headers })).status).toBe(200)
    // A malformed header is not made good by a cookie.
    expect(
      (await ask(runtime.url, { path: '/v1/_me', headers: { ...headers, authorization: 'Basic x' } })).status,
    ).toBe(401)
    expect(
      (
        await ask(runtime.url, {
          path: '/ui/session',
          method: 'POST',
          headers: { ...bearer, 'sec-fetch-site': 'cross-site' },
        })
      ).code,
    ).toBe('cross_site_login_refused')
    expect((await ask(runtime.url, { path: '/ui/session', method: 'POST' })).code).toBe('missing_bearer')
    const logout = await ask(runtime.url, { path: '/ui/logout', headers, redirect: 'manual' })
    expect(logout.status).toBe(302)
    expect(logout.headers.get('set-cookie')).toMatch(/^loomcycle_session_\d+=; Max-Age=0;/)
  })

  it('is not a page of somebody else’s', async () => {
    const runtime = await startRuntime(hello)
    expect(await get(runtime.url, '/v1/_me', { host: 'evil.example' })).toEqual({ status: 403, code: 'host_refused' })
    expect(await get(runtime.url, '/v1/_me', { origin: 'http://evil.example' })).toEqual({
      status: 403,
      code: 'origin_refused',
    })
    expect(await get(runtime.url, '/v1/_me', { origin: 'null' })).toEqual({ status: 403, code: 'origin_refused' })
    expect((await get(runtime.url, '/v1/_me', { origin: runtime.url })).status).toBe(200)
    expect((await get(runtime.url, '/v1/_me', { host: 'localhost:1' })).status).toBe(200)
  })

  it('sees what the contract says, without a token', async () => {
    const runtime = await startRuntime(guarded)
    const document = JSON.parse((await ask(runtime.url, { path: '/v1/openapi.json' })).text)
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/v1/runs'].post.operationId).toBe('startRun')
    expect((await ask(runtime.url, { path: '/v1/openapi.yaml' })).text).toMatch(/^openapi: 3\.1\.0/)
  })
})
