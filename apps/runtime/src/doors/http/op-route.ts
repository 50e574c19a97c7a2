import { accessesOf, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestHash } from '../../ground/idempotency/idempotency.ts'
import type { Authenticate } from '../../ground/identity/authenticate.ts'
import { ourTurn } from '../../ground/in-turn.ts'
import { JsonParts } from '../../ground/json-parts.ts'
import type { Caller } from '../../tools/caller.ts'
import type { OpTable, ServedOps } from '../../tools/op-set.ts'
import { admit } from './auth.ts'
import { takeBody } from './bodies/body-admission.ts'
import { parseJsonObject } from './bodies/json-body.ts'
import { callerOf, focusOf } from './caller.ts'
import { isLarge, partsOf } from './streams/large-answer.ts'
import { sendParts } from './streams/send-parts.ts'

/** Serves every op set that is declared to have a path. */
export function opRoutes(app: FastifyInstance, authenticate: Authenticate, ops: OpTable) {
  for (const served of ops.values()) {
    if (served.set.http) addOpRoute(app, authenticate, served.set.http.path, served)
  }
}

/** `{op, …}` in, the op's answer out, whole or in parts, 422 `tool_refused` for a refusal. */
function addOpRoute(app: FastifyInstance, authenticate: Authenticate, path: string, served: ServedOps) {
  const { set, dispatch, effectOf } = served
  const operation = set.tool.toLowerCase()
  const accesses = accessesOf(set)
  /** Apart from what waits for the answer, so that the text does not wait with it. */
  const read = async (body: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const caller: Caller = { ...callerOf(request.principal!, request, reply), focus: focusOf(request.query) }
    const input = await parseJsonObject(body)
    const isKeyed = caller.idempotencyKey !== undefined && effectOf(input) !== 'reads'
    return { input, caller, asked: isKeyed && { operation, request: await requestHash([request.url, input]) } }
  }
  app.post(path, {
    config: { envelope: 'json', isPrivate: true },
    onRequest: (request) => admit(authenticate, accesses, request),
    handler: async (request, reply) => {
      await ourTurn()
      const { input, caller, asked } = await read(takeBody(request), request, reply)
      if (Object.keys(input).length === 0) throw new RuntimeError('invalid_body', 'the body must be {"op": …}')
      const answer = await (asked
        ? app.answerOnce(caller, asked, (keyed) => dispatch(keyed, input))
        : dispatch(caller, input))
      if (answer instanceof JsonParts) return sendParts(reply, answer)
      return isLarge(answer) ? sendParts(reply, partsOf(answer)) : answer
    },
  })
}
