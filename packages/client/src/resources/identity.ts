import { errorFromResponse } from '../error-from-response.ts'
import { type Http, keyed, path } from '../http.ts'
import type { CallOptions, HealthResponse, KeyedCallOptions, WhoamiResponse } from '../types.ts'
import type { BrowserSessions, EndedSessions } from '../wire.gen.ts'

export async function health(http: Http, opts: CallOptions = {}): Promise<HealthResponse> {
  return http.get('/healthz', { signal: opts.signal })
}

export async function whoami(http: Http, opts: CallOptions = {}): Promise<WhoamiResponse> {
  return http.get('/v1/_me', { signal: opts.signal })
}

export async function login(http: Http, token: string, opts: CallOptions = {}): Promise<void> {
  await http.ok('POST', '/ui/session', { headers: { Authorization: `Bearer ${token}` }, signal: opts.signal })
}

export async function logout(http: Http, opts: CallOptions = {}): Promise<void> {
  // The answer sends a person to the sign-in page. The cookie is gone by then, and nobody here wants the page.
  const res = await http.send('GET', '/ui/logout', { redirect: 'manual', signal: opts.signal })
  const redirected = res.type === 'opaqueredirect' || (res.status >= 300 && res.status < 400)
  if (!res.ok && !redirected) throw await errorFromResponse(res)
}

export async function listBrowserSessions(http: Http, opts: CallOptions = {}): Promise<BrowserSessions> {
  return http.get('/v1/_browser_sessions', { signal: opts.signal })
}

export async function endBrowserSession(http: Http, id: string, opts: KeyedCallOptions = {}): Promise<void> {
  await http.delete(path`/v1/_browser_sessions/${id}`, keyed(opts))
}

export async function endBrowserSessions(http: Http, opts: KeyedCallOptions = {}): Promise<EndedSessions> {
  const res = await http.ok('DELETE', '/v1/_browser_sessions', keyed(opts))
  return (await res.json()) as EndedSessions
}
