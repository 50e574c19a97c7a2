import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { browserName } from '../../../ground/identity/browser-name.ts'
import type { Principal } from '../../../ground/identity/principal.ts'
import { addressOf, credentialOf } from '../auth.ts'
import { addRoute } from '../route.ts'
import { clearSessionCookie, sessionSecretsOf, setSessionCookie } from '../session-cookie.ts'

/** Lets a browser hold a session, in a cookie that scripts cannot read, in place of the token. */
export function loginRoutes(app: FastifyInstance, { authenticate, identity: { sessions, log }, config }: AppContext) {
  const start = async (principal: Principal, request: FastifyRequest, reply: FastifyReply, door: Door) => {
    if (principal.open) return
    await endSession(request)
    const userAgent = request.headers['user-agent'] ?? ''
    const { id, secret } = await sessions.start(principal, addressOf(request), userAgent)
    setSessionCookie(request, reply, secret, config.timings.browserSessionAge)
    log.write({ event: 'signed_in', address: addressOf(request), session: id, browser: browserName(userAgent), door })
  }

  const endSession = async (request: FastifyRequest) => {
    for (const secret of sessionSecretsOf(request)) {
      const session = await sessions.find(secret, addressOf(request))
      if (!session) continue
      const { id, tenant_id, subject } = session
      await sessions.end({ tenantId: tenant_id, subject }, id)
      log.write({ event: 'signed_out', address: addressOf(request), session: id })
    }
  }

  addRoute(
    app,
    authenticate,
    endpoints.login,
    async ({ caller: { principal }, request, reply }) => {
      await start(principal, request, reply, 'bearer')
      reply.code(204).send()
    },
    async (request) => {
      if (comesFromElsewhere(request)) {
        throw new RuntimeError('cross_site_login_refused', 'Signing in is only possible from this runtime’s own pages.')
      }
      const credential = credentialOf(request)
      if (credential.shown?.kind !== 'bearer')
        throw new RuntimeError('missing_bearer', 'Send the token as `Authorization: Bearer <token>`.')
      request.principal = await authenticate(credential)
    },
  )

  addRoute(app, authenticate, endpoints.logout, async ({ request, reply }) => {
    if (comesFromElsewhere(request) || !(isNavigation(request) || isOfScript(request))) {
      throw new RuntimeError(
        'cross_site_logout_refused',
        'Signing out is only possible from this runtime’s own pages, or by opening the address oneself.',
      )
    }
    await endSession(request)
    clearSessionCookie(request, reply)
    reply.redirect('/', 302)
  })

  // A token in an address stays in logs: this way in is for old links, and the answer takes it out of the address.
  const open = async (request: FastifyRequest<{ Querystring: { token?: unknown } }>, reply: FastifyReply) => {
    const { token } = request.query
    if (typeof token === 'string' && token !== '' && !comesFromElsewhere(request) && isNavigation(request)) {
      const credential = { ...credentialOf(request), shown: { kind: 'bearer', secret: token } as const }
      const principal = await authenticate(credential).catch((error: RuntimeError) => {
        if (error.code !== 'unauthorized') throw error
      })
      if (principal) await start(principal, request, reply, 'address_bar')
    }
    return reply.redirect('/', 302)
  }
  app.get('/ui', open)
  app.get('/ui/*', open)
}

type Door = 'bearer' | 'address_bar'

/** Somebody opens the address; what a page shows, such as an image, may have an address of somebody else’s choosing. */
function isNavigation({ headers }: FastifyRequest): boolean {
  const what = headers['sec-fetch-dest']
  return what === undefined || what === 'document'
}

/** Of a script, unlike what a page fetches ahead. */
function isOfScript({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-dest'] === 'empty' && headers['sec-fetch-mode'] !== 'no-cors'
}

function comesFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
