import { type OpSet, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticate } from '../../ground/identity/authenticate.ts'
import type { Principal } from '../../ground/identity/principal.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import { JsonParts } from '../../ground/json-parts.ts'
import { createOpDispatcher, type OpImplementations } from '../../tools/op-set.ts'
import { admit } from './auth.ts'
import { takeBody } from './bodies/body-admission.ts'
import { parseJsonObject } from './bodies/json-body.ts'
import { sendParts } from './streams/send-parts.ts'

/** Serves an op set at its path: `{op, …}` in, the op's answer out, whole or in parts, 422 `tool_refused` for a refusal. */
export function addOpRoute<S extends OpSet, Ctx>(
  app: FastifyInstance,
  authenticate: Authenticate,
  set: S,
  implementations: OpImplementations<S, Ctx, JsonParts>,
  contextOf: (principal: Principal, request: FastifyRequest, body: unknown) => Ctx,
) {
  if (!set.http) throw new Error(`${set.tool} is not declared to be served over HTTP`)
  const { path, access } = set.http
  const ops = createOpDispatcher(set, implementations)
  /** Apart from what waits for the answer, so that the text does not wait with it. */
  const read = (body: unknown, request: FastifyRequest) => ({
    input: parseJsonObject(body),
    context: contextOf(request.principal!, request, body),
  })
  app.post(path, {
    config: { envelope: 'json' },
    onRequest: (request) => admit(authenticate, access, request),
    handler: async (request, reply) => {
      await ourTurn()
      const { input, context } = read(takeBody(request), request)
      if (Object.keys(input).length === 0) throw new RuntimeError('invalid_body', 'the body must be {"op": …}')
      const answer = await ops.dispatch(context, input)
      return answer instanceof JsonParts ? sendParts(reply, answer) : answer
    },
  })
}
