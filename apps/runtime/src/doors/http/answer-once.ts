import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../context.ts'
import { answerOnce, keyedRequest } from '../../ground/idempotency/idempotency.ts'
import type { Caller } from '../../tools/caller.ts'

declare module 'fastify' {
  interface FastifyInstance {
    answerOnce: AnswerOnce
  }
}

/** The kind of request, and what tells one from others of the kind. */
export interface Asked {
  operation: string
  request: unknown
}

type AnswerOnce = <C extends Caller, T>(caller: C, asked: Asked, work: (caller: C) => Promise<T>) => Promise<T>

/** Has requests with an `Idempotency-Key` answered as the first time. */
export function answerKeyedRequestsOnce(app: FastifyInstance, { db, clock }: Pick<AppContext, 'db' | 'clock'>) {
  const once: AnswerOnce = async (caller, { operation, request }, work) => {
    const keyed = await keyedRequest(caller, caller.principal.tenantId, operation, request)
    return answerOnce({ db, clock }, keyed, () => work(keyed ? { ...caller, keyed } : caller))
  }
  app.decorate('answerOnce', once)
}
