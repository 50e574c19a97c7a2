import type { FastifyInstance } from 'fastify'
import { answerUnknownRoute } from '../errors.ts'

/** So long what still comes is dropped: whoever is cut off while sending may lose the answer. */
const lingerMs = 1000

/** A body that nobody has asked for is not read: the answer goes out at once, and the connection closes soon after. */
export function leaveBodiesUnread(app: FastifyInstance) {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || request.method === 'GET' || request.method === 'HEAD') return
    answerUnknownRoute(request, reply)
    return reply
  })
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete || raw.destroyed) return
    const timer = setTimeout(() => raw.socket.destroy(), lingerMs)
    raw.once('close', () => clearTimeout(timer))
  })
}
