import { type Endpoint, ERROR_CODE_HEADER, type ErrorCode, endpoints, errorTable, RuntimeError } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { report, type Telemetry } from '../../ground/telemetry/telemetry.ts'
import { toOpenAiError } from './openai-error.ts'
import { pathOf } from './paths.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The envelope of the route's errors where the code leaves it open. */
    envelope?: Endpoint['envelope']
  }
}

/** Turns whatever was thrown into the bytes the error table asks for. A caller's mistake is never a 5xx. */
export function errorAnswers(telemetry: Telemetry) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const known = error instanceof RuntimeError ? error : fromFramework(error)
    // Whoever is gone waits for no answer, and what was being done for them was given up.
    const isGivenUp = reply.raw.closed && (error as Error).name === 'AbortError'
    if (!known && !isGivenUp) report(telemetry, `${request.method} ${pathOf(request)}`, error)
    send(known ?? new RuntimeError('internal', 'internal server error'), request, reply)
  }
}

export function send(error: RuntimeError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, envelope } = errorTable[error.code]
  const ofRoute = request.routeOptions?.config?.envelope ?? 'json'
  const shape = ofRoute === 'openai' || envelope === 'route' ? ofRoute : envelope
  const { retry_after_s, ...fields } = error.fields
  reply
    .code(status)
    .header(ERROR_CODE_HEADER, error.code)
    .headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
  if (retry_after_s !== undefined) reply.header('retry-after', String(retry_after_s))
  // It lasts until the month is over; libraries for OpenAI and Anthropic would ask again in a moment.
  if (error.code === 'token_limit_exceeded') reply.header('x-should-retry', 'false')
  if (shape === 'plain') void reply.type('text/plain; charset=utf-8').send(`${error.message}\n`)
  else if (shape === 'openai') void reply.type('application/json').send(JSON.stringify(toOpenAiError(error)))
  else void reply.type('application/json').send(JSON.stringify({ code: error.code, error: error.message, ...fields }))
}

const byFrameworkStatus: Record<number, ErrorCode> = {
  400: 'bad_request',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
}

function fromFramework(error: unknown): RuntimeError | undefined {
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string }
  const code = byFrameworkStatus[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'bad_request' : undefined)
  if (!code) return undefined
  if (code === 'payload_too_large')
    return new RuntimeError(code, 'The request body is larger than this runtime takes (LOOMCYCLE_MAX_REQUEST_BYTES).')
  return new RuntimeError(code, message)
}

const known = Object.values(endpoints).map(({ method, path }) => ({
  method,
  pattern: new RegExp(
    `^${path
      .replace(/\{\w+\.\.\.\}$/, '<rest>')
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{\w+\}/g, '[^/]+')
      .replace('<rest>', '.+')}$`,
  ),
}))

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  const path = pathOf(request)
  const methods = known.filter((route) => route.pattern.test(path)).map((route) => route.method)
  if (methods.length > 0) {
    reply.header('allow', methods.join(', '))
    send(new RuntimeError('method_not_allowed', 'Method Not Allowed'), request, reply)
  } else send(new RuntimeError('route_not_found', '404 page not found'), request, reply)
}
