import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { JsonParts } from '../../../ground/json-parts.ts'

/** A part is made when the reader has taken those before it. */
export function sendParts(reply: FastifyReply, { parts }: JsonParts): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(Readable.from(parts, { objectMode: false }))
}
