import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { AppContext } from '../../context.ts'
import { admitBodies } from './bodies/body-admission.ts'
import { textOf } from './bodies/body-text.ts'
import { leaveBodiesUnread } from './bodies/unread-body.ts'
import { answerAllowedOrigins } from './cors.ts'
import { errorAnswers } from './errors.ts'
import { guardHostAndOrigin } from './origin-guard.ts'
import { isForApi, isForSession } from './paths.ts'

/** From its first byte to its last; half a request holds a connection no longer than this. */
const longestRequestMs = 120_000

/** Fastify with our manners: lenient about bodies, strict about who asks, errors from the one table. */
export async function createServer({
  config,
  clock,
  telemetry,
}: Pick<AppContext, 'config' | 'clock' | 'telemetry'>): Promise<FastifyInstance> {
  const answerError = errorAnswers(telemetry)
  const app = Fastify({
    bodyLimit: config.limits.maxRequestBytes,
    requestTimeout: longestRequestMs,
    forceCloseConnections: true,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    frameworkErrors: answerError,
    routerOptions: { maxParamLength: 2048, ignoreTrailingSlash: false },
  })
  app.removeAllContentTypeParsers()
  // Routes read the text themselves: which type they insist on, and in which words they refuse, differs by route.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    textOf(body, request.headers['content-type']),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    if (isForApi(request) || isForSession(request)) reply.header('cache-control', 'no-store')
  })
  app.addHook('onRequest', answerAllowedOrigins(config.allowedOrigins))
  await app.register(cookie)
  app.addHook('onRequest', guardHostAndOrigin(config))
  leaveBodiesUnread(app)
  admitBodies(app, clock, config.limits)
  app.setErrorHandler(answerError)
  return app
}
