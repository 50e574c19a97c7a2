import { endpoints, RuntimeError, SESSION_COOKIE } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Authenticate, bearerOf, sameSecret } from './auth.ts'
import { addRoute } from './route.ts'

/** Lets a browser hold the token as a cookie that scripts cannot read. */
export function loginRoutes(app: FastifyInstance, authenticate: Authenticate, authToken: string | undefined) {
  addRoute(app, authenticate, endpoints.login, async ({ request, reply }) => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') {
      throw new RuntimeError('cross_site_login_refused', 'Signing in is only possible from this runtime’s own pages.')
    }
    const token = bearerOf(request.headers.authorization ?? '')
    if (token === undefined)
      throw new RuntimeError('missing_bearer', 'Send the token as `Authorization: Bearer <token>`.')
    if (authToken !== undefined) {
      if (!sameSecret(token, authToken)) throw new RuntimeError('unauthorized', 'unauthorized')
      setSession(request, reply, token)
    }
    reply.code(204).send()
  })

  addRoute(app, authenticate, endpoints.logout, async ({ reply }) => {
    reply.clearCookie(SESSION_COOKIE, { path: '/' }).redirect('/', 302)
  })

  const open = async (request: FastifyRequest<{ Querystring: { token?: string } }>, reply: FastifyReply) => {
    const { token } = request.query
    if (token && authToken !== undefined && sameSecret(token, authToken)) setSession(request, reply, token)
    return reply.redirect('/', 302)
  }
  app.get('/ui', open)
  app.get('/ui/*', open)
}

function setSession(request: FastifyRequest, reply: FastifyReply, token: string) {
  const maxAge = 30 * 24 * 3600
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge,
  })
}
