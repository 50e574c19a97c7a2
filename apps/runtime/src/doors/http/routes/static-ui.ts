import fastifyStatic from '@fastify/static'
import { RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { answerUnknownRoute, send } from '../errors.ts'
import { pathOf } from '../paths.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Radix positions its layers with style attributes.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The built web app at `/`: hashed assets for ever, everything else asked for again; unknown pages are the app's own. */
export async function staticUi(app: FastifyInstance, uiDir: string | undefined) {
  if (uiDir) {
    await app.register(fastifyStatic, {
      root: uiDir,
      index: ['index.html'],
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.headers({
          'cache-control': path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          'content-security-policy': contentSecurityPolicy,
          'cross-origin-opener-policy': 'same-origin',
        })
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !/^\/(v1|assets|healthz)(\/|$)/.test(path) &&
      // What ends like a file is one, except where it is the name of something that people name.
      (!/\.\w+$/.test(path) || /^\/(docs|agents|skills|volumes)\//.test(path))
    if (!isPage) return answerUnknownRoute(request, reply)
    if (!uiDir) {
      return send(
        new RuntimeError('ui_not_built', 'The web app is not built. Run `pnpm build` and start again.'),
        request,
        reply,
      )
    }
    return reply.sendFile('index.html')
  })
}
