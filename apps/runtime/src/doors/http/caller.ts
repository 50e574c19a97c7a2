import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../../ground/identity/principal.ts'
import { callerFor, type Focus, type OutsideCaller } from '../../tools/caller.ts'
import { traceIdOf } from './traceparent.ts'

/** Who asks; its signal says that nobody waits for the answer any more. */
export function callerOf(principal: Principal, request: FastifyRequest, reply: FastifyReply): OutsideCaller {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const { 'idempotency-key': key, traceparent } = request.headers
  const caller = callerFor(principal, principal.viaCookie ? 'webui' : 'api', gone.signal)
  return { ...caller, traceId: traceIdOf(traceparent), ...(key === undefined ? {} : { idempotencyKey: String(key) }) }
}

/** Whose things a request is about, by `?scope_id=` and `?tenant=`. */
export function focusOf(query: unknown): Focus {
  const { scope_id, tenant } = query as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { scopeId: text(scope_id), tenantId: text(tenant) }
}
