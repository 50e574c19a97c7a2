import { type OpSet, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Principal } from '../identity/principal.ts'
import { ourTurn } from '../in-turn.ts'
import { createOpDispatcher, type OpImplementations } from '../tools/op-set.ts'
import { type Authenticate, requireAccess } from './auth.ts'
import { parseJsonObject } from './json-body.ts'
import { JsonParts, sendParts } from './json-parts.ts'

/** Serves an op set at its path: `{op, …}` in, the op's answer out, whole or in parts, 422 `tool_refused` for a refusal. */
export function addOpRoute<S extends OpSet, Ctx>(
  app: FastifyInstance,
  authenticate: Authenticate,
  set: S,
  implementations: OpImplementations<S, Ctx, JsonParts>,
  contextOf: (principal: Principal, request: FastifyRequest) => Ctx,
) {
  if (!set.http) throw new Error(`${set.tool} is not declared to be served over HTTP`)
  const { path, access } = set.http
  const ops = createOpDispatcher(set, implementations)
  app.post(path, {
    config: { envelope: 'json' },
    onRequest: async (request) => {
      request.principal = authenticate(request)
      requireAccess(request.principal, access)
    },
    handler: async (request, reply) => {
      await ourTurn()
      const input = parseJsonObject(request.body)
      if (Object.keys(input).length === 0) throw new RuntimeError('invalid_body', 'the body must be {"op": …}')
      const answer = await ops.dispatch(contextOf(request.principal!, request), input)
      return answer instanceof JsonParts ? sendParts(reply, answer) : answer
    },
  })
}
