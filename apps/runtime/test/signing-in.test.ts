import { readdirSync, readFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { join } from 'node:path'
import type { BrowserSession } from '@loomcycle/proto'
import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { settableClock } from '../src/areas/channels/testing/some-channels.ts'
import { onSqlite } from '../src/testing/on-sqlite.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const token = 'a-token-of-some-length'
const guarded = { models: { echo: () => ({ text: 'hi' }) }, config: { authToken: token } }
const bearer = { authorization: `Bearer ${token}` }
const hour = 3_600_000
const day = 24 * hour

interface Answer {
  status: number
  code: string | undefined
  headers: Record<string, string | string[] | undefined>
  text: string
  /** `name=value` of what it sets. */
  cookie: string
}

type Headers = Record<string, string>

/** Unlike `fetch`, says what it is told to: the host, where the request comes from, the address. */
function ask(
  { url }: { url: string },
  path: string,
  { method = 'GET', headers = {}, localAddress }: { method?: string; headers?: Headers; localAddress?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    rawRequest({ hostname, port, path, method, headers, localAddress }, async (response) => {
      const text = (await response.toArray()).join('')
      const code = response.headers[ERROR_CODE_HEADER.toLowerCase()] as string | undefined
      const cookie = response.headers['set-cookie']?.at(0)?.split(';')[0] ?? ''
      resolve({ status: response.statusCode!, code, headers: response.headers, text, cookie })
    })
      .on('error', reject)
      .end()
  })
}

async function signIn(runtime: { url: string }, headers: Headers = {}): Promise<{ cookie: string }> {
  const answer = await ask(runtime, '/ui/session', { method: 'POST', headers: { ...bearer, ...headers } })
  expect(answer.status).toBe(204)
  return { cookie: answer.cookie }
}

const isIn = async (runtime: { url: string }, headers: Headers) =>
  (await ask(runtime, '/v1/_me', { headers })).status === 200

const listed = async (runtime: { url: string }, headers: Headers) =>
  (JSON.parse((await ask(runtime, '/v1/_browser_sessions', { headers })).text) as { sessions: BrowserSession[] })
    .sessions

describe('a browser that signs in', () => {
  it('gets a session of its own, which is not the token, and which ends when it signs out', async () => {
    const runtime = await startRuntime(guarded)
    const first = await signIn(runtime)
    const second = await signIn(runtime)
    const { port } = new URL(runtime.url)
    expect(first.cookie).toMatch(new RegExp(`^loomcycle_session_${port}=[\\w-]{43}$`))
    expect(first.cookie).not.toBe(second.cookie)
    expect(first.cookie).not.toContain(token)

    await ask(runtime, '/ui/logout', { headers: first })
    expect(await isIn(runtime, first)).toBe(false)
    expect(await isIn(runtime, second)).toBe(true)
  })

  it('is in by any of several cookies of the name, and signs all of them out', async () => {
    const runtime = await startRuntime(guarded)
    const [first, second] = [await signIn(runtime), await signIn(runtime)]
    const [name] = first.cookie.split('=')
    const both = { cookie: `${name}=stale; other=1; ${first.cookie}; ${second.cookie}` }
    expect(await isIn(runtime, both)).toBe(true)
    expect(await isIn(runtime, { cookie: `${name}=stale; ${name}=staler` })).toBe(false)
    expect(await isIn(runtime, { cookie: `x${first.cookie}` })).toBe(false)
    await ask(runtime, '/ui/logout', { headers: both })
    expect(await isIn(runtime, first)).toBe(false)
    expect(await isIn(runtime, second)).toBe(false)
  })

  it('is in no more with the token as its cookie, whatever the name, and drops that cookie', async () => {
    const runtime = await startRuntime(guarded)
    const { port } = new URL(runtime.url)
    expect(await isIn(runtime, { cookie: `loomcycle_session=${token}` })).toBe(false)
    expect(await isIn(runtime, { cookie: `loomcycle_session_${port}=${token}` })).toBe(false)
    const answer = await ask(runtime, '/ui/session', {
      method: 'POST',
      headers: { ...bearer, cookie: `loomcycle_session=${token}` },
    })
    expect(answer.headers['set-cookie']).toContainEqual(expect.stringMatching(/^loomcycle_session=; Max-Age=0;/))
  })

  onSqlite('leaves neither its cookie nor the token on the disk', async () => {
    const runtime = await startRuntime(guarded)
    const { cookie } = await signIn(runtime)
    const { dataDir } = runtime.ctx.config
    await runtime.stop()
    const bytes = Buffer.concat(
      readdirSync(dataDir, { withFileTypes: true, recursive: true })
        .filter((file) => file.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name))),
    )
    expect(bytes.includes('browser_sessions')).toBe(true)
    expect(bytes.includes(cookie.split('=')[1]!)).toBe(false)
    expect(bytes.includes(token)).toBe(false)
  })

  it('stays in over a restart, and is out for good once the token is another', async () => {
    const runtime = await startRuntime(guarded)
    // A restart has another port, and the cookie its name from it.
    const host = { host: 'localhost:8787' }
    const session = { ...host, ...(await signIn(runtime, host)) }
    const again = await runtime.restart()
    expect(await isIn(again, session)).toBe(true)
    const changed = await again.restart({ config: { authToken: 'another-token-of-some-length' } })
    expect(await isIn(changed, session)).toBe(false)
    const back = await changed.restart({ config: { authToken: token } })
    expect(await isIn(back, session)).toBe(false)
  })

  it('is out after a week without being used, and after a month of being used', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({ ...guarded, clock })
    const start = clock.now()
    const [idle, busy] = [await signIn(runtime), await signIn(runtime)]
    for (let days = 3; days < 30; days += 3) {
      clock.set(start + days * day)
      expect(await isIn(runtime, busy)).toBe(true)
    }
    expect(await isIn(runtime, idle)).toBe(false)
    await expect.poll(() => listed(runtime, bearer)).toHaveLength(1)
    clock.set(start + 30 * day)
    expect(await isIn(runtime, busy)).toBe(false)
    await runtime.ctx.identity.sessions.sweep()
    expect(await runtime.ctx.db.all('select * from browser_sessions', [])).toEqual([])
  })

  it('is noted as in use, on disk every five minutes', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({ ...guarded, clock })
    const start = clock.now()
    const session = await signIn(runtime)
    const noted = async () => {
      const [row] = await runtime.ctx.db.all<{ at: number }>('select last_used_at as at from browser_sessions', [])
      return row!.at - start
    }
    clock.set(start + 4 * 60_000)
    await isIn(runtime, session)
    await runtime.ctx.db.write([])
    expect(await noted()).toBe(0)
    clock.set(start + 5 * 60_000)
    await isIn(runtime, session)
    await runtime.ctx.db.write([])
    expect(await noted()).toBe(5 * 60_000)
  })

  it('that signs in once more has one session, and one person has a hundred at most', async () => {
    const runtime = await startRuntime(guarded)
    const session = await signIn(runtime)
    const renewed = await signIn(runtime, session)
    expect(await isIn(runtime, session)).toBe(false)
    expect(await listed(runtime, renewed)).toHaveLength(1)
    for (let n = 0; n < 100; n++) await signIn(runtime)
    expect(await listed(runtime, bearer)).toHaveLength(100)
    expect(await isIn(runtime, renewed)).toBe(false)
  })

  it('has a cookie for each port, since cookies know none', async () => {
    const runtime = await startRuntime(guarded)
    const here = await signIn(runtime, { host: 'localhost:8787' })
    expect(here.cookie).toMatch(/^loomcycle_session_8787=/)
    expect(await isIn(runtime, { ...here, host: 'localhost:8787' })).toBe(true)
    expect(await isIn(runtime, { ...here, host: 'localhost:9999' })).toBe(false)
    expect((await signIn(runtime, { host: 'localhost' })).cookie).toMatch(/^loomcycle_session_80=/)
  })
})

describe('signed-in browsers', () => {
  it('are listed with where and what they are, and are signed out one by one', async () => {
    const runtime = await startRuntime(guarded)
    const mine = await signIn(runtime, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' })
    const other = await signIn(runtime, { 'user-agent': 'curl/8.5.0' })
    const sessions = await listed(runtime, mine)
    expect(sessions.map(({ browser, current, address }) => ({ browser, current, address }))).toEqual(
      expect.arrayContaining([
        { browser: 'Firefox on Linux', current: true, address: '127.0.0.1' },
        { browser: 'curl', current: false, address: '127.0.0.1' },
      ]),
    )
    expect(JSON.stringify(sessions)).not.toContain(mine.cookie.split('=')[1])

    const path = `/v1/_browser_sessions/${sessions.find(({ current }) => !current)!.id}`
    expect((await ask(runtime, path, { method: 'DELETE', headers: mine })).status).toBe(204)
    expect(await isIn(runtime, other)).toBe(false)
    expect(await isIn(runtime, mine)).toBe(true)
    expect((await ask(runtime, path, { method: 'DELETE', headers: mine })).code).toBe('not_found')
    expect((await ask(runtime, path, { method: 'DELETE' })).status).toBe(401)
  })

  it('are those of whoever asks', async () => {
    const runtime = await startRuntime(guarded)
    const session = await signIn(runtime)
    const { sessions } = runtime.ctx.identity
    await sessions.start({ tenantId: 'default', subject: 'somebody' }, '127.0.0.1', '')
    await sessions.start({ tenantId: 'elsewhere', subject: 'default' }, '127.0.0.1', '')
    expect(await listed(runtime, session)).toHaveLength(1)
    const others = await runtime.ctx.db.all<{ id: string }>(
      "select id from browser_sessions where subject <> 'default' or tenant_id <> 'default'",
      [],
    )
    for (const { id } of others) {
      const refused = await ask(runtime, `/v1/_browser_sessions/${id}`, { method: 'DELETE', headers: bearer })
      expect(refused.code).toBe('not_found')
    }
    const everywhere = await ask(runtime, '/v1/_browser_sessions', { method: 'DELETE', headers: session })
    expect(everywhere.text).toBe('{"ended":1}')
    expect(await runtime.ctx.db.all('select id from browser_sessions', [])).toHaveLength(2)
  })

  it('lose what they have open when they are signed out; whoever signs out everywhere still hears that it is done', async () => {
    const runtime = await startRuntime(guarded)
    const talk = converse(clientOf(runtime, token), 'echo', 'go')
    await talk.until('awaiting_input')
    const session = await signIn(runtime)
    const open = [`/v1/runs/${talk.session.runId}/stream`, '/v1/_document/changes', '/v1/users/default/agents/stream']
    const streams = await Promise.all(open.map((path) => fetch(runtime.url + path, { headers: session })))
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200])
    const ends = streams.map((stream) => stream.text().catch((error: Error) => error.message))

    const answer = await ask(runtime, '/v1/_browser_sessions', { method: 'DELETE', headers: session })
    expect(answer.status).toBe(200)
    await Promise.all(ends)
    expect(await isIn(runtime, session)).toBe(false)
    talk.leave()
  })

  it('that have been signed in for too long lose what they have open', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({ ...guarded, clock })
    const session = await signIn(runtime)
    const stream = await fetch(`${runtime.url}/v1/_document/changes`, { headers: session })
    expect(stream.status).toBe(200)
    const end = stream.text().catch((error: Error) => error.message)
    clock.set(clock.now() + 30 * day)
    await runtime.ctx.identity.sessions.sweep()
    await end
  })
})

describe('behind a proxy', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'loom.example', 'x-forwarded-for': '192.0.2.1' }
  const env = { LOOMCYCLE_ALLOWED_HOSTS: 'loom.example' }

  it('that is trusted, the cookie is for TLS and for that host alone', async () => {
    const runtime = await startRuntime({ ...guarded, env: { ...env, LOOMCYCLE_TRUSTED_PROXIES: '127.0.0.0/8' } })
    const answer = await ask(runtime, '/ui/session', { method: 'POST', headers: { ...bearer, ...forwarded } })
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-loomcycle_session_443=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const session = { cookie: answer.cookie, ...forwarded }
    expect(await listed(runtime, session)).toMatchObject([{ address: '192.0.2.1', current: true }])
    const origin = (from: string) => isIn(runtime, { ...session, origin: from })
    expect(await origin('https://loom.example')).toBe(true)
    expect(await origin('https://127.0.0.1')).toBe(false)
  })

  it('that is not trusted, nothing that it forwards is believed', async () => {
    const runtime = await startRuntime({ ...guarded, env: { ...env, LOOMCYCLE_TRUSTED_PROXIES: '10.0.0.0/8' } })
    const session = await signIn(runtime, forwarded)
    expect(session.cookie).toMatch(/^loomcycle_session_\d+=/)
    expect(await listed(runtime, { ...session, ...forwarded })).toMatchObject([{ address: '127.0.0.1' }])
  })
})

describe('guessing', () => {
  const guess = (runtime: { url: string }, n: number, headers: Headers = {}) =>
    ask(runtime, '/v1/_me', { headers: { authorization: `Bearer guess-${n}`, ...headers } })

  it('ends after ten wrong credentials, over whichever door; then no token helps for five minutes', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({ ...guarded, clock })
    const session = await signIn(runtime)
    const { port } = new URL(runtime.url)
    for (let n = 0; n < 7; n++) expect((await guess(runtime, n)).status).toBe(401)
    // Cookies cannot be guessed, so those of browsers that were signed out do not count.
    for (let n = 0; n < 30; n++) {
      const cookie = `loomcycle_session_${port}=guess-of-a-cookie-${n}`
      expect((await ask(runtime, '/v1/_me', { headers: { cookie } })).status).toBe(401)
    }
    for (let n = 0; n < 2; n++) {
      const headers = { authorization: `Bearer guess-at-the-login-${n}` }
      expect((await ask(runtime, '/ui/session', { method: 'POST', headers })).status).toBe(401)
    }
    expect((await ask(runtime, '/ui?token=guess-in-an-address')).status).toBe(302)

    for (const [path, method, headers] of [
      ['/v1/_me', 'GET', { authorization: 'Bearer guess-eleven' }],
      ['/v1/_me', 'GET', bearer],
      ['/ui/session', 'POST', bearer],
      [`/ui?token=${token}`, 'GET', {}],
    ] as [string, string, Headers][]) {
      const refused = await ask(runtime, path, { method, headers })
      expect(refused).toMatchObject({ status: 429, code: 'too_many_attempts', cookie: '' })
      expect(refused.headers['retry-after']).toBe('300')
    }
    expect(await isIn(runtime, session)).toBe(true)
    expect((await ask(runtime, '/v1/_me', { headers: bearer, localAddress: '127.0.0.2' })).status).toBe(200)
    clock.set(clock.now() + 5 * 60_000)
    expect(await isIn(runtime, bearer)).toBe(true)
  })

  it('is not what a program does that keeps sending an old token, or a browser that asks without any', async () => {
    const runtime = await startRuntime(guarded)
    for (let n = 0; n < 30; n++) await guess(runtime, 0)
    for (let n = 0; n < 30; n++) await ask(runtime, '/v1/_me')
    expect(await isIn(runtime, bearer)).toBe(true)
  })

  it('is not helped by saying that one is somebody else; a trusted proxy’s word counts', async () => {
    const runtime = await startRuntime(guarded)
    for (let n = 0; n < 10; n++) await guess(runtime, n, { 'x-forwarded-for': `192.0.2.${n}` })
    expect((await guess(runtime, 10, { 'x-forwarded-for': '192.0.2.99' })).status).toBe(429)

    const proxied = await startRuntime({ ...guarded, env: { LOOMCYCLE_TRUSTED_PROXIES: 'loopback' } })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    // What a caller writes there itself comes first, and the proxy adds whom it sees.
    for (let n = 0; n < 10; n++) await guess(proxied, n, from(`198.51.100.${n}, 192.0.2.1`))
    expect((await guess(proxied, 10, from('192.0.2.1'))).status).toBe(429)
    expect((await ask(proxied, '/v1/_me', { headers: { ...bearer, ...from('192.0.2.2') } })).status).toBe(200)
    // What is no address is the proxy's own.
    const odd = await signIn(proxied, from('x'.repeat(5000)))
    expect(await listed(proxied, odd)).toMatchObject([{ address: '127.0.0.1' }])
  })
})

describe('the log', () => {
  it('has who came and went, and refusals once a second, without anything that lets one in', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 1))
    const runtime = await startRuntime({ ...guarded, clock })
    const session = await signIn(runtime, { 'user-agent': 'curl/8.5.0' })
    for (let n = 0; n < 5; n++) {
      await ask(runtime, '/v1/_me', { headers: { authorization: `Bearer a-wrong-one-${n}` } })
    }
    clock.set(clock.now() + 1000)
    await ask(runtime, '/v1/_me', { headers: { authorization: 'Bearer a-wrong-one' } })
    await ask(runtime, `/ui?token=${token}`)
    await ask(runtime, '/ui/logout', { headers: session })
    await ask(runtime, '/v1/_browser_sessions', { method: 'DELETE', headers: bearer })
    const id = expect.stringMatching(/^bs_/)
    expect(runtime.log.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'signed_in', address: '127.0.0.1', browser: 'curl', door: 'bearer', session: id },
      { event: 'credential_refused', address: '127.0.0.1', door: 'bearer', reason: 'wrong' },
      { event: 'credential_refused', unlogged_before: 4 },
      { event: 'signed_in', door: 'address_bar' },
      { event: 'signed_out', session: id },
      { event: 'sessions_ended', why: 'asked', count: 1 },
    ])
    const secret = session.cookie.split('=')[1]
    expect(runtime.log.join('\n')).not.toMatch(new RegExp(`${token}|${secret}|a-wrong-one`))
  })

  it('has no query and no header, whatever goes wrong', async () => {
    const runtime = await startRuntime(guarded)
    await runtime.ctx.db.write([{ sql: 'drop table browser_sessions', parameters: [] }])
    const failed = await ask(runtime, `/v1/_browser_sessions?token=${token}`, { headers: bearer })
    expect(failed.status).toBe(500)
    expect(runtime.said.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'error',
        msg: 'GET /v1/_browser_sessions',
        error: { message: expect.stringMatching(/no such table|does not exist/) },
      },
    ])
    expect(runtime.said.join()).not.toContain(token)
  })

  it('tells that sessions ended with their token', async () => {
    const runtime = await startRuntime(guarded)
    await signIn(runtime)
    const changed = await runtime.restart({ config: { authToken: 'another-token-of-some-length' } })
    expect(changed.log.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'sessions_ended', why: 'token_changed', count: 1 },
    ])
  })
})

describe('addresses under /ui', () => {
  it('take a token once and do not keep it', async () => {
    const runtime = await startRuntime(guarded)
    for (const path of [`/ui?token=${token}`, '/ui?token=wrong', '/ui', `/ui?token=${token}&token=${token}`]) {
      const answer = await ask(runtime, path)
      expect(answer).toMatchObject({ status: 302, headers: { location: '/', 'cache-control': 'no-store' }, text: '' })
      expect(JSON.stringify(answer.headers)).not.toContain(token)
      expect(answer.cookie !== '').toBe(path === `/ui?token=${token}`)
    }
    const elsewhere = await ask(runtime, `/ui?token=${token}`, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(elsewhere.cookie).toBe('')
  })

  it.each(['cross-site', 'same-site'])('sign nobody out for a page that is %s', async (site) => {
    const runtime = await startRuntime(guarded)
    const session = await signIn(runtime)
    const refused = await ask(runtime, '/ui/logout', { headers: { ...session, 'sec-fetch-site': site } })
    expect(refused).toMatchObject({ status: 403, code: 'cross_site_logout_refused', cookie: '' })
    expect(await isIn(runtime, session)).toBe(true)
    // A browser without that header brings no cookie along from elsewhere, and then there is none to drop.
    expect((await ask(runtime, '/ui/logout')).headers['set-cookie']).toBeUndefined()
    const own = await ask(runtime, '/ui/logout', { headers: { ...session, 'sec-fetch-site': 'same-origin' } })
    expect(own).toMatchObject({ status: 302, headers: { location: '/', 'cache-control': 'no-store' } })
  })
})

describe('what a page shows, and did not ask for', () => {
  const shown = ['image', 'iframe', 'style', 'object'].map((dest) => ({
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': dest,
  }))
  const ahead = { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'no-cors' }

  it.each([...shown, ahead])('signs nobody out: %o', async (headers) => {
    const runtime = await startRuntime(guarded)
    const session = await signIn(runtime)
    const refused = await ask(runtime, '/ui/logout', { headers: { ...session, ...headers } })
    expect(refused).toMatchObject({ status: 403, code: 'cross_site_logout_refused', cookie: '' })
    expect(await isIn(runtime, session)).toBe(true)
  })

  it.each([
    { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
  ])('is not the address that somebody opens, nor the web app that signs out: %o', async (headers) => {
    const runtime = await startRuntime(guarded)
    const session = await signIn(runtime)
    expect((await ask(runtime, '/ui/logout', { headers: { ...session, ...headers } })).status).toBe(302)
    expect(await isIn(runtime, session)).toBe(false)
  })

  it('signs nobody in, and its guesses are nobody’s', async () => {
    const runtime = await startRuntime(guarded)
    const headers = shown[0]!
    for (let n = 0; n < 12; n++) await ask(runtime, `/ui?token=guess-${n}`, { headers })
    expect((await ask(runtime, `/ui?token=${token}`, { headers })).cookie).toBe('')
    const opened = { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }
    expect((await ask(runtime, `/ui?token=${token}`, { headers: opened })).cookie).not.toBe('')
  })
})

describe('a page of another site or port', () => {
  it.each(['/%761/_me', '/v%31/_me', '/%76%31/users/default/agents/stream', '/v1/%5Fme', '/nowhere'])(
    'cannot spell an address in a way that is not looked at: %s',
    async (path) => {
      const runtime = await startRuntime(guarded)
      const session = await signIn(runtime)
      const from = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }
      expect(await ask(runtime, path, { headers: { ...session, ...from } })).toMatchObject({
        status: 403,
        code: 'origin_refused',
        headers: { 'cache-control': 'no-store' },
      })
    },
  )

  it.each(['cross-site', 'same-site'])(
    'that is %s cannot ask with the cookie that its requests bring',
    async (site) => {
      const runtime = await startRuntime(guarded)
      const session = await signIn(runtime)
      const from = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }
      expect(await ask(runtime, '/v1/_me', { headers: { ...session, ...from } })).toMatchObject({
        status: 403,
        code: 'origin_refused',
      })
      expect(await isIn(runtime, { ...session, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(true)
      expect(await isIn(runtime, { ...bearer, ...from })).toBe(true)
    },
  )

  it('cannot show, load or keep an answer', async () => {
    const runtime = await startRuntime(guarded)
    for (const path of ['/v1/_me', '/%761/_me', '/ui', '/u%69', '/healthz', '/nowhere', '/v1/nowhere']) {
      const { headers } = await ask(runtime, path, { headers: bearer })
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      if (path !== '/healthz') expect(headers['cache-control']).toBe('no-store')
    }
  })
})
