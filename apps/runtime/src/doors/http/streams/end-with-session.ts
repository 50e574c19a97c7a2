import type { FastifyInstance } from 'fastify'
import type { BrowserSessions } from '../../../ground/identity/browser-sessions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** From here on its answer goes out although the session ends; for what ends sessions. */
    outliveSession?: () => void
  }
}

/** What a browser has open, streams above all, ends when its session does. */
export function endWithSession(app: FastifyInstance, sessions: BrowserSessions) {
  app.addHook('preParsing', async (request, reply) => {
    const id = request.principal?.sessionId
    if (id === undefined) return
    const outlive = sessions.onEnded(id, () => reply.raw.destroy())
    reply.raw.once('close', outlive)
    request.outliveSession = outlive
  })
}
