import { endpoints, type RunStatus, terminalStatuses } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { transientFrame } from '../../../engine/log/frame.ts'
import { toAgentRow } from '../../../engine/rows/run-record.ts'
import { listUserRuns, runKey } from '../../../engine/rows/runs.ts'
import { cancelAgent, cancelTurn } from '../../../engine/runs/cancel.ts'
import { compactRun } from '../../../engine/runs/compact.ts'
import { findVisibleRun, findVisibleRunByAgentId } from '../../../engine/runs/find-run.ts'
import { runBatch } from '../../../engine/runs/run-batch.ts'
import { listRunnableAgents } from '../../../engine/runs/runnable-agents.ts'
import { sendInput } from '../../../engine/runs/send-input.ts'
import { startRun } from '../../../engine/runs/start-run.ts'
import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { addRoute, letGoOfBody } from '../route.ts'
import { streamRunStates } from '../streams/run-states.ts'
import { agentFrame, streamReached, streamRun } from '../streams/run-stream.ts'

function isRunStatus(status: string): status is RunStatus {
  return status === 'running' || (terminalStatuses as readonly string[]).includes(status)
}

export function runRoutes(app: FastifyInstance, ctx: AppContext) {
  addRoute(app, ctx.authenticate, endpoints.startRun, async (call) => {
    const { caller, request, reply } = call
    const reached = await startRun(ctx, caller, call.body)
    letGoOfBody(call)
    await streamReached(ctx, reached, request, reply, { omitsSaid: !reached.run.interactive })
  })

  addRoute(app, ctx.authenticate, endpoints.startRunBatch, async ({ caller, body }) => {
    return runBatch(ctx, caller, body)
  })

  addRoute(app, ctx.authenticate, endpoints.streamRun, async ({ caller, params, query, request, reply }) => {
    const run = await findVisibleRun(ctx.db, caller, params.run_id)
    const from = Number(query.from_seq ?? request.headers['last-event-id'])
    const { type: _, parent_agent_id: __, parent_context: ___, ...ids } = agentFrame(run)
    await streamRun(ctx, run, request, reply, {
      afterSeq: Math.max(Number.isSafeInteger(from) ? from : 0, run.firstSeq - 1),
      includeChildren: query.include === 'children',
      opening: [transientFrame({ type: 'agent', ...ids })],
    })
  })

  addRoute(app, ctx.authenticate, endpoints.sendInput, async ({ caller, params, body }) => {
    return sendInput(ctx, caller, params.run_id, body)
  })

  addRoute(app, ctx.authenticate, endpoints.cancelTurn, async ({ caller, params, body }) => {
    return cancelTurn(ctx, caller, params.run_id, body.reason)
  })

  addRoute(app, ctx.authenticate, endpoints.compactRun, async ({ caller, params }) => {
    return compactRun(ctx, caller, params.run_id)
  })

  addRoute(app, ctx.authenticate, endpoints.streamUserRunStates, async ({ caller, params, query, request, reply }) => {
    await streamRunStates(ctx, caller, params.user_id, query, request, reply)
  })

  addRoute(app, ctx.authenticate, endpoints.getAgent, async ({ caller, params }) => {
    return toAgentRow(await findVisibleRunByAgentId(ctx.db, caller, params.agent_id))
  })

  addRoute(app, ctx.authenticate, endpoints.cancelAgent, async ({ caller, params, body }) => {
    return cancelAgent(ctx, caller, params.agent_id, body.reason)
  })

  addRoute(app, ctx.authenticate, endpoints.listUserAgents, async ({ caller, params, query }) => {
    const { status = 'running', tenant, limit = 100, cursor } = query
    if (status !== 'all' && !isRunStatus(status)) return { agents: [] }
    const of = {
      tenantId: isAdmin(caller.principal) ? tenant : caller.tenantId,
      userId: params.user_id,
      status: status === 'all' ? undefined : status,
    }
    const listing: Listing = ['runs', of]
    const page = { after: afterCursor(cursor, listing, 3), limit: limit + 1 }
    const { rows, next } = toPage(await listUserRuns(ctx.db, caller, of, page), limit, listing, runKey)
    return { agents: rows.map(toAgentRow), ...next }
  })

  addRoute(app, ctx.authenticate, endpoints.listRunnableAgents, async ({ caller }) =>
    listRunnableAgents(ctx, caller.principal),
  )
}
