import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../engine/runs/start-run.ts'
import { checkedKey } from '../../ground/idempotency.ts'
import type { Principal } from '../../ground/identity/principal.ts'

/** Who asks, with the key that makes asking twice harmless; its signal says that nobody waits for the answer any more. */
export function callerOf(principal: Principal, request: FastifyRequest, reply: FastifyReply): Caller {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return { principal, idempotencyKey: checkedKey(request.headers['idempotency-key']), signal: gone.signal }
}
