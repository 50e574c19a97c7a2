import { endpoints, type RunEvent } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { toAgentRow } from '../../../engine/rows/run-record.ts'
import { listUserRuns } from '../../../engine/rows/runs.ts'
import { cancelAgent, cancelTurn } from '../../../engine/runs/cancel.ts'
import { compactRun } from '../../../engine/runs/compact.ts'
import { findVisibleRun, findVisibleRunByAgentId } from '../../../engine/runs/find-run.ts'
import { runBatch } from '../../../engine/runs/run-batch.ts'
import { listRunnableAgents } from '../../../engine/runs/runnable-agents.ts'
import { sendInput } from '../../../engine/runs/send-input.ts'
import { startRun } from '../../../engine/runs/start-run.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { callerOf } from '../caller.ts'
import { addRoute, letGoOfBody } from '../route.ts'
import { streamRunStates } from '../streams/run-states.ts'
import { agentFrame, streamRun } from '../streams/run-stream.ts'

const listLimit = 100

export function runRoutes(app: FastifyInstance, ctx: AppContext) {
  addRoute(app, ctx.authenticate, endpoints.startRun, async (call) => {
    const { principal, request, reply } = call
    const run = await startRun(ctx, callerOf(principal, request, reply), call.body)
    letGoOfBody(call)
    const session: RunEvent = { type: 'session', text: run.sessionId, session_id: run.sessionId }
    await streamRun(ctx, run, request, reply, {
      afterSeq: run.firstSeq - 1,
      omitOpening: !run.interactive,
      opening: [session, agentFrame(run)],
    })
  })

  addRoute(app, ctx.authenticate, endpoints.startRunBatch, async ({ principal, body, request, reply }) => {
    return runBatch(ctx, callerOf(principal, request, reply), body)
  })

  addRoute(app, ctx.authenticate, endpoints.streamRun, async ({ principal, params, query, request, reply }) => {
    const run = await findVisibleRun(ctx.db, principal, params.run_id)
    const from = Number(query.from_seq ?? request.headers['last-event-id'])
    const {
      type: _,
      parent_agent_id: __,
      parent_context: ___,
      ...ids
    } = agentFrame(run) as Extract<RunEvent, { type: 'agent' }>
    await streamRun(ctx, run, request, reply, {
      afterSeq: Math.max(Number.isSafeInteger(from) ? from : 0, run.firstSeq - 1),
      includeChildren: query.include === 'children',
      opening: [{ type: 'agent', ...ids }],
    })
  })

  addRoute(app, ctx.authenticate, endpoints.sendInput, async ({ principal, params, body, request, reply }) => {
    return sendInput(ctx, callerOf(principal, request, reply), params.run_id, body)
  })

  addRoute(app, ctx.authenticate, endpoints.cancelTurn, async ({ principal, params, body }) => {
    return cancelTurn(ctx, principal, params.run_id, body.reason)
  })

  addRoute(app, ctx.authenticate, endpoints.compactRun, async ({ principal, params }) => {
    return compactRun(ctx, principal, params.run_id)
  })

  addRoute(
    app,
    ctx.authenticate,
    endpoints.streamUserRunStates,
    async ({ principal, params, query, request, reply }) => {
      await streamRunStates(ctx, principal, params.user_id, query, request, reply)
    },
  )

  addRoute(app, ctx.authenticate, endpoints.getAgent, async ({ principal, params }) => {
    return toAgentRow(await findVisibleRunByAgentId(ctx.db, principal, params.agent_id))
  })

  addRoute(app, ctx.authenticate, endpoints.cancelAgent, async ({ principal, params, body }) => {
    return cancelAgent(ctx, principal, params.agent_id, body.reason)
  })

  addRoute(app, ctx.authenticate, endpoints.listUserAgents, async ({ principal, params, query }) => {
    const { status = 'running', tenant } = query
    const runs = await listUserRuns(ctx.db, {
      tenantId: isAdmin(principal) ? tenant : principal.tenantId,
      userId: params.user_id,
      status: status === 'all' ? undefined : status,
      limit: listLimit,
    })
    return { agents: runs.map(toAgentRow) }
  })

  addRoute(app, ctx.authenticate, endpoints.listRunnableAgents, async () => listRunnableAgents(ctx))
}
