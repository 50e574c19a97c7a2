import { Readable } from 'node:stream'
import { RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../../ground/clock.ts'
import type { Limits } from '../../../ground/config/config.ts'
import { BodyBudget, type GiveBack } from './body-budget.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a large body: says that it is stored, or done with, and lets the next one in. The end of the request does so, too. */
    giveBackBody?: GiveBack
  }
}

/** Smaller ones are never kept waiting. */
const largeBytes = 256 * 1024
const patienceMs = 20_000

/** Large bodies are read only while there is room for them; until then their senders wait, and are not read. */
export function admitBodies(
  app: FastifyInstance,
  clock: Clock,
  limits: Pick<Limits, 'maxRequestBytes' | 'requestBytesAtOnce'>,
) {
  const budget = new BodyBudget(limits.requestBytesAtOnce)

  async function admit(bytes: number, request: FastifyRequest, reply: FastifyReply) {
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const giveBack = await budget.take(bytes, { clock, patienceMs, signal: gone.signal })
    if (!giveBack) {
      // What is left of the body is not read any more.
      reply.header('connection', 'close')
      throw new RuntimeError(
        'backpressure',
        'Too many large requests are being read at once; try again in a moment, or raise LOOMCYCLE_REQUEST_BYTES_AT_ONCE.',
        { retry_after_s: 5 },
      )
    }
    request.giveBackBody = giveBack
    if (reply.raw.closed) giveBack()
    else reply.raw.once('close', giveBack)
  }

  app.addHook('preParsing', (request, reply, payload, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
    // What is too long is refused by its length, unread.
    const isLarge = Number(length) > largeBytes && Number(length) <= limits.maxRequestBytes
    if (isLarge) admit(Number(length), request, reply).then(() => done(null, payload), done)
    else if (encoding === undefined) done(null, payload)
    else
      done(
        null,
        Readable.from(admittedOnTheWay(payload as Readable, () => admit(limits.maxRequestBytes, request, reply))),
      )
  })
}

/** Nobody said how long it is: once it is large, there has to be room for the largest. */
async function* admittedOnTheWay(payload: Readable, admit: () => Promise<void>) {
  let bytes = 0
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    if (bytes <= largeBytes && bytes + chunk.length > largeBytes) await admit()
    bytes += chunk.length
    yield chunk
  }
}

/** The text of a body, once: whoever works on for long does not hold it. */
export function takeBody(request: FastifyRequest): unknown {
  const { body } = request
  request.body = undefined
  return body
}
