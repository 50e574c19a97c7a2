import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Bool, type Of, object, optional, Text } from './schema.ts'

export const Whoami = object('Whoami', {
  tenant_id: Text(),
  subject: Text(),
  scopes: Type.Array(Text()),
  is_admin: Bool(),
  legacy: Bool('The shared secret was used.'),
  open_mode: optional(Bool('No token is configured; everybody on this machine is the operator.')),
})
export type Whoami = Of<typeof Whoami>

export const Health = object('Health', {
  ok: Bool(),
  version: Text(),
  uptime_seconds: Type.Number(),
  metrics_enabled: Bool(),
  store: optional(
    object('StoreHealth', {
      ok: Bool('Whether the database can be read and written; where it cannot, the answer has the status 503.'),
      error: optional(Text('What is wrong with it.')),
    }),
  ),
})

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
    summary: 'Turn a bearer token into the browser’s session cookie',
    access: 'none',
    status: 204,
    errors: ['missing_bearer', 'unauthorized', 'cross_site_login_refused'],
    envelope: 'json',
  }),
  logout: endpoint({
    method: 'GET',
    path: '/ui/logout',
    summary: 'Drop the session cookie',
    access: 'none',
    status: 302,
    errors: [],
    envelope: 'json',
  }),
}
