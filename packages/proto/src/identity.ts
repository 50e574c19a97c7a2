import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Bool, Int, type Of, object, optional, Text, Time } from './schema.ts'

export const Whoami = object('Whoami', {
  tenant_id: Text(),
  subject: Text(),
  scopes: Type.Array(Text()),
  is_admin: Bool(),
  legacy: Bool('The shared secret was used.'),
  open_mode: optional(Bool('No token is configured; everybody on this machine is the operator.')),
  capabilities: object('Capabilities', {
    mcp_allow_dynamic_stdio: Bool('MCP servers that are programs of this machine may be added over the wire.'),
    http_host_allowlist_configured: Bool('Tools may reach hosts.'),
  }),
})
export type Whoami = Of<typeof Whoami>

export const Health = object('Health', {
  ok: Bool(),
  version: Text(),
  commit: Text('What it was built from, or unknown.'),
  uptime_seconds: Type.Number(),
  metrics_enabled: Bool(),
  store: optional(
    object('StoreHealth', {
      ok: Bool('Whether the database can be read and written; where it cannot, the answer has the status 503.'),
      error: optional(Text('What is wrong with it.')),
    }),
  ),
})

export const BrowserSession = object('BrowserSession', {
  id: Text(),
  created_at: Time('When somebody signed in.'),
  last_used_at: Time('To within five minutes.'),
  expires_at: Time('It ends then at the latest; earlier where it is not used.'),
  address: Text('Where it was last used from.'),
  browser: Text('In words, as it calls itself: Firefox on Linux.'),
  current: Bool('This request was made with it.'),
})
export type BrowserSession = Of<typeof BrowserSession>

export const BrowserSessions = object('BrowserSessions', { sessions: Type.Array(BrowserSession) })
export const EndedSessions = object('EndedSessions', { ended: Int('How many there were.') })

export const identityEndpoints = {
  health: endpoint({
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the process answers',
    access: 'none',
    result: Health,
    errors: [],
    envelope: 'json',
  }),
  whoami: endpoint({
    method: 'GET',
    path: '/v1/_me',
    summary: 'Who the caller is',
    access: 'any',
    result: Whoami,
    errors: [],
    envelope: 'json',
  }),
  login: endpoint({
    method: 'POST',
    path: '/ui/session',
    summary: 'Sign a browser in: a bearer token in, the cookie of a session that can be ended out',
    access: 'none',
    status: 204,
    errors: ['missing_bearer', 'unauthorized', 'too_many_attempts', 'cross_site_login_refused'],
    envelope: 'json',
  }),
  logout: endpoint({
    method: 'GET',
    path: '/ui/logout',
    summary: 'End the browser’s session and drop its cookie',
    access: 'none',
    status: 302,
    errors: ['cross_site_logout_refused'],
    envelope: 'json',
  }),
  listBrowserSessions: endpoint({
    method: 'GET',
    path: '/v1/_browser_sessions',
    summary: 'Where the caller is signed in, last used first',
    access: 'any',
    result: BrowserSessions,
    errors: [],
    envelope: 'json',
  }),
  endBrowserSession: endpoint({
    method: 'DELETE',
    path: '/v1/_browser_sessions/{id}',
    summary: 'Sign one browser out; what it has open ends',
    access: 'any',
    status: 204,
    errors: ['not_found'],
    envelope: 'json',
  }),
  endBrowserSessions: endpoint({
    method: 'DELETE',
    path: '/v1/_browser_sessions',
    summary: 'Sign the caller out everywhere, in the browser that asks as well',
    access: 'any',
    result: EndedSessions,
    errors: [],
    envelope: 'json',
  }),
}
