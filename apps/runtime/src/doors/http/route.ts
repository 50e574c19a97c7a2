import { type Endpoint, endpoints, type Given, given, identPattern, RuntimeError, takesKey } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { requestHash } from '../../ground/idempotency/idempotency.ts'
import type { Authenticate } from '../../ground/identity/authenticate.ts'
import type { Principal } from '../../ground/identity/principal.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import { JsonParts } from '../../ground/json-parts.ts'
import { type Check, createCheck } from '../../ground/validation.ts'
import type { OutsideCaller } from '../../tools/caller.ts'
import { withClamped } from '../../tools/clamped.ts'
import { admit } from './auth.ts'
import { takeBody } from './bodies/body-admission.ts'
import { parseJsonObject } from './bodies/json-body.ts'
import { callerOf } from './caller.ts'
import { sendParts } from './streams/send-parts.ts'

type Value<S> = S extends TSchema ? Static<S> : Record<string, never>
type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Plain}...` ? Plain : Name) | ParamNames<Rest>
  : never

export interface Call<E extends Endpoint> {
  caller: OutsideCaller
  params: Record<ParamNames<E['path']>, string>
  query: Value<E['query']>
  body: Value<E['body']>
  request: FastifyRequest
  reply: FastifyReply
}

/** What is streamed is sent by the handler itself. */
type Streamed<E extends Endpoint> = E['stream'] extends TSchema ? undefined : never
type Answer<E extends Endpoint> = E['result'] extends TSchema
  ? Promise<Static<E['result']> | JsonParts | Streamed<E>>
  : Promise<void>
export type Handler<E extends Endpoint> = (call: Call<E>) => Answer<E>

const ident = new RegExp(identPattern)
const checkedParams = new Set(['run_id', 'agent_id', 'user_id', 'interrupt_id'])

/** Of somebody who need not be anybody. */
const strangersBodyLimit = 4096

/**
 * Serves an endpoint as declared: access, input and errors come from the declaration, the handler does the rest.
 * `beforeBody` may refuse what is open to everybody before anything more than the head is read.
 */
export function addRoute<E extends Endpoint>(
  app: FastifyInstance,
  authenticate: Authenticate,
  e: E,
  handler: Handler<E>,
  beforeBody?: (request: FastifyRequest) => Promise<void>,
) {
  const checkQuery = e.query && createCheck(e.query)
  const checkBody = e.body && createCheck(e.body)
  const [, restName] = /\{(\w+)\.\.\.\}$/.exec(e.path) ?? []
  const namedParams = ({ '*': rest, ...params }: Record<string, string>): Record<string, string> =>
    restName && rest !== undefined ? { ...params, [restName]: rest } : params
  const operation = `${e.method} ${e.path}`
  const isKeyed = takesKey(e) && e.key !== 'own'
  const needsJson = (e.errors as readonly string[]).includes('unsupported_media_type')

  const url = e.path
    .replaceAll(':', '::')
    .replace(/\{\w+\.\.\.\}$/, '*')
    .replace(/\{(\w+)\}/g, ':$1')
  const options: RouteOptions = {
    method: e.method,
    url,
    config: { envelope: e.envelope, isPrivate: e.access !== 'none', isPlain: e.path === endpoints.health.path },
    ...(e.access === 'none' ? { bodyLimit: strangersBodyLimit } : {}),
    // Access is settled before a body is read.
    onRequest: async (request) => {
      if (e.access !== 'none') await admit(authenticate, [e.access], request)
      await beforeBody?.(request)
    },
    handler: async (request, reply) => {
      // Requests that arrive together are not worked on in one step.
      await ourTurn()
      const params = namedParams(request.params as Record<string, string>)
      for (const [name, value] of Object.entries(params)) {
        if (checkedParams.has(name) && !ident.test(value)) {
          throw new RuntimeError('invalid_request', `${name} must be 1 to 128 letters, digits, _ or -`)
        }
      }
      if (needsJson) requireJsonType(request)
      const query = checkQuery
        ? checked(e, e.query!, checkQuery, queryValues(e.query!, request.query), 'the query')
        : none
      const sent = checkBody && (await parseJsonObject(takeBody(request)))
      const isOnce = isKeyed && request.headers['idempotency-key'] !== undefined
      const hash = isOnce ? await requestHash([request.url, sent]) : undefined
      const body = checkBody ? checked(e, e.body!, checkBody, sent, 'the body') : none
      const caller = request.principal && callerOf(request.principal, request, reply)
      const work = async (caller: OutsideCaller | undefined): Promise<unknown> =>
        handler({ caller, params, query: query.value, body: body.value, request, reply } as Call<E>)
      const result = await (hash !== undefined && caller
        ? app.answerOnce(caller, { operation, request: hash }, work)
        : work(caller))
      if (reply.sent || reply.raw.headersSent) return reply
      if (result instanceof JsonParts) return sendParts(reply.code(e.status ?? 200), result)
      return result === undefined
        ? reply.code(e.status ?? 204).send()
        : reply.code(e.status ?? reply.statusCode).send(withClamped(result, { ...query.clamped, ...body.clamped }))
    },
  }
  app.route(options)
  // Programs put addresses together in their own ways.
  if (e.envelope === 'openai' && !url.endsWith('*')) app.route({ ...options, url: `${url}/` })
}

/** What was sent is stored: a request that goes on for long does not hold it, and the next large one may come. */
export function letGoOfBody(call: { body: object; request: FastifyRequest }) {
  call.body = {}
  call.request.giveBackBody?.()
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal | undefined
  }
}

const none: Given = { value: {}, clamped: {} }

function checked({ envelope }: Endpoint, schema: TSchema, check: Check, sent: unknown, what: string): Given {
  const read = given(schema, sent)
  const problem = check(read.value)
  if (!problem) return read
  const place = problem.path.join('.')
  const fields = envelope === 'openai' && place !== '' ? { param: place } : {}
  throw new RuntimeError('invalid_request', `${place || what} ${problem.message}`, fields)
}

function requireJsonType(request: FastifyRequest) {
  const type = request.headers['content-type']
  if (type !== undefined && !/^application\/(json|[\w.-]+\+json)\b/i.test(type)) {
    throw new RuntimeError('unsupported_media_type', `Content-Type must be application/json, not ${type}`)
  }
}

/** Query values are text; those declared as numbers or booleans become such where they look like it. */
function queryValues(schema: TSchema, raw: unknown): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const values: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(raw as Record<string, string | string[]>)) {
    const value = Array.isArray(given) ? given.at(-1)! : given
    if (value === '') continue
    const type = properties[name]?.type
    if (type === 'integer' || type === 'number') values[name] = Number.isNaN(Number(value)) ? value : Number(value)
    else if (type === 'boolean')
      values[name] = value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value
    else values[name] = value
  }
  return values
}
