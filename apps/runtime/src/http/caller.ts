import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../identity/principal.ts'
import { checkedKey } from '../runs/idempotency.ts'
import type { Caller } from '../runs/start-run.ts'

/** Who asks, with the key that makes asking twice harmless; its signal says that nobody waits for the answer any more. */
export function callerOf(principal: Principal, request: FastifyRequest, reply: FastifyReply): Caller {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return { principal, idempotencyKey: checkedKey(request.headers['idempotency-key']), signal: gone.signal }
}
