import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { findLatestRun } from '../../../engine/rows/runs.ts'
import { findSession } from '../../../engine/rows/sessions.ts'
import { findVisibleSession } from '../../../engine/runs/find-session.ts'
import { continueSession } from '../../../engine/runs/start-run.ts'
import { deleteSession, restoreSession } from '../../../engine/sessions/delete-session.ts'
import { replaySession } from '../../../engine/sessions/replay.ts'
import { takeReturnedInputs } from '../../../engine/sessions/take-returned-inputs.ts'
import { readTranscript } from '../../../engine/sessions/transcript.ts'
import { addRoute, letGoOfBody } from '../route.ts'
import { streamReached } from '../streams/run-stream.ts'

export function sessionRoutes(app: FastifyInstance, ctx: AppContext) {
  addRoute(app, ctx.authenticate, endpoints.continueSession, async (call) => {
    const { caller, params, request, reply } = call
    const reached = await continueSession(ctx, caller, params.id, call.body)
    letGoOfBody(call)
    await streamReached(ctx, reached, request, reply, { omitsSaid: true })
  })

  addRoute(app, ctx.authenticate, endpoints.replaySession, async ({ caller, params, body }) => {
    return replaySession(ctx, caller, params.id, body)
  })

  addRoute(app, ctx.authenticate, endpoints.getTranscript, async ({ caller, params, query }) => {
    const session = await findVisibleSession(ctx.db, caller, params.id)
    const latest = await findLatestRun(ctx.db, session.id)
    const source = session.branched_from === null ? undefined : await findSession(ctx.db, session.branched_from)
    return readTranscript(ctx.db, session, source, latest, { limit: query.limit, beforeSeq: query.before_seq })
  })

  addRoute(app, ctx.authenticate, endpoints.takeReturnedInputs, ({ caller, params }) =>
    takeReturnedInputs(ctx, caller, params.id),
  )

  addRoute(app, ctx.authenticate, endpoints.deleteSession, ({ caller, params }) =>
    deleteSession(ctx, caller, params.id),
  )

  addRoute(app, ctx.authenticate, endpoints.restoreSession, ({ caller, params }) =>
    restoreSession(ctx, caller, params.id),
  )
}
