import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const asks = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Traceparent'
const answers = `${ERROR_CODE_HEADER}, Retry-After, X-Should-Retry, Loomcycle-Warning`
/** What libraries for OpenAI say of themselves with each request. */
const ofLibraries = /^(x-stainless|openai)-[a-z-]+$/
const keptForSeconds = 600

/**
 * Lets pages of these origins read answers, with a token of their own: the cookie is not theirs to use. Headers are set on
 * the bare response, so that streams have them as well.
 */
export function answerAllowedOrigins(allowedOrigins: readonly string[]) {
  const allowed = new Set(allowedOrigins)
  return async ({ method, headers }: FastifyRequest, reply: FastifyReply) => {
    if (allowed.size === 0) return
    reply.raw.setHeader('vary', 'Origin')
    const { origin } = headers
    if (origin === undefined || !allowed.has(origin.toLowerCase())) return
    reply.raw.setHeader('access-control-allow-origin', origin)
    reply.raw.setHeader('access-control-expose-headers', answers)
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return
    return reply
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': [asks, ...librariesIn(headers['access-control-request-headers'])].join(', '),
        'access-control-max-age': keptForSeconds,
      })
      .code(204)
      .send()
  }
}

function librariesIn(asked = ''): string[] {
  return asked
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => ofLibraries.test(name))
}
