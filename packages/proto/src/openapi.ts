import type { TSchema } from 'typebox'
import { type Endpoint, takesKey } from './endpoint.ts'
import { type ErrorCode, errorTable } from './errors.ts'
import type { OpSet } from './op.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the given endpoints and op sets; named schemas become components. */
export function openApiDocument(
  endpoints: Record<string, Endpoint>,
  opSets: Record<string, OpSet>,
  version: string,
): Json {
  const components: Record<string, Json> = {}
  const ref = (schema: TSchema) => collect(schema, components)
  const paths: Record<string, Record<string, Json>> = {}

  for (const [operationId, e] of Object.entries(endpoints)) {
    const path = e.path.replace('...}', '}')
    paths[path] = { ...paths[path], [e.method.toLowerCase()]: operation(operationId, e, ref) }
  }
  for (const set of Object.values(opSets)) {
    if (set.http) paths[set.http.path] = { post: opSetOperation(set, ref) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'loomcycle',
      version,
      description: 'Run agents, stream them, steer them, and come back to them by id.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ bearer: [] }, { cookie: [] }, {}],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'loomcycle_session_8787',
          description: 'Ends with the port of the address the browser uses; over TLS it begins with `__Host-`.',
        },
      },
      schemas: {
        Error: {
          type: 'object',
          required: ['code', 'error'],
          properties: { code: { type: 'string', enum: Object.keys(errorTable) }, error: { type: 'string' } },
        },
        OpenAiError: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['message', 'type', 'code', 'param'],
              properties: {
                message: { type: 'string' },
                type: { type: 'string' },
                code: { type: 'string', enum: Object.keys(errorTable) },
                param: { type: ['string', 'null'] },
              },
            },
          },
        },
        ...components,
      },
    },
  }
}

function operation(operationId: string, e: Endpoint, ref: (schema: TSchema) => unknown): Json {
  const pathParameters = [...e.path.matchAll(/\{(\w+)(?:\.\.\.)?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const queryProperties = ((e.query as Json | undefined)?.properties ?? {}) as Record<string, TSchema>
  const queryParameters = Object.entries(queryProperties).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: ref(schema),
  }))
  return {
    operationId,
    summary: e.summary,
    'x-access': e.access,
    parameters: [...pathParameters, ...queryParameters, ...(takesKey(e) ? [keyHeader] : [])],
    ...(e.body ? { requestBody: { content: { 'application/json': { schema: ref(e.body) } } } } : {}),
    responses: { [String(e.status ?? 200)]: success(e, ref), ...errorResponses(errorsOf(e), e.envelope) },
  }
}

/** Answers of one day. */
const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Asked again with it within a day, the same caller gets the first answer and nothing is done twice; for another request it is refused.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

function errorsOf(e: Endpoint): ErrorCode[] {
  return [...new Set<ErrorCode>([...e.errors, ...(takesKey(e) ? ['idempotency_key_reused' as const] : [])])]
}

function opSetOperation(set: OpSet, ref: (schema: TSchema) => unknown): Json {
  const request = Object.values(set.ops).map((o) => ({
    description: o.description,
    ...(o.access ? { 'x-access': o.access } : {}),
    allOf: [{ type: 'object', required: ['op'], properties: { op: { const: o.name } } }, ref(o.input)],
  }))
  return {
    operationId: set.tool.toLowerCase(),
    summary: set.description,
    'x-access': set.access,
    parameters: [keyHeader],
    requestBody: { required: true, content: { 'application/json': { schema: { oneOf: request } } } },
    responses: {
      '200': {
        description: 'What the op answers',
        content: { 'application/json': { schema: { anyOf: Object.values(set.ops).map((o) => ref(o.output)) } } },
      },
      ...errorResponses(['invalid_json', 'invalid_cursor', 'idempotency_key_reused', 'tool_refused'], 'json'),
    },
  }
}

function success(e: Endpoint, ref: (schema: TSchema) => unknown): Json {
  const content = {
    ...(e.result ? { 'application/json': { schema: ref(e.result) } } : {}),
    ...(e.stream ? { 'text/event-stream': { schema: ref(e.stream) } } : {}),
  }
  if (e.result) return { description: 'OK', content }
  return e.stream ? { description: 'Server-sent events', content } : { description: 'Done' }
}

function errorResponses(codes: readonly ErrorCode[], envelope: Endpoint['envelope']): Json {
  const byStatus = Object.groupBy(codes, (code) => String(errorTable[code].status))
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, list = []]) => {
      if (envelope === 'openai') {
        const schema = { $ref: '#/components/schemas/OpenAiError' }
        return [status, { description: list.join(', '), content: { 'application/json': { schema } } }]
      }
      const plain = list.every(
        (code) => (errorTable[code].envelope === 'route' ? envelope : errorTable[code].envelope) === 'plain',
      )
      const content = plain
        ? { 'text/plain': { schema: { type: 'string' } } }
        : { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
      return [status, { description: list.join(', '), content }]
    }),
  )
}

/** Moves every titled schema into `components` and leaves a reference in its place. */
function collect(schema: unknown, components: Record<string, Json>): unknown {
  if (Array.isArray(schema)) return schema.map((member) => collect(member, components))
  if (schema === null || typeof schema !== 'object') return schema
  const members = Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, collect(member, components)]))
  if (typeof members.title !== 'string') return members
  const { title, ...rest } = members
  components[title as string] = rest
  return { $ref: `#/components/schemas/${title}` }
}
