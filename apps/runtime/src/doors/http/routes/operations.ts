import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { pause, resume } from '../../../areas/operations/pause.ts'
import { listReplicas } from '../../../areas/operations/replicas.ts'
import { countHeldRuns } from '../../../areas/operations/store.ts'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

export function operationRoutes(app: FastifyInstance, ctx: AppContext) {
  addRoute(app, ctx.authenticate, endpoints.pauseRuntime, ({ body }) => pause(ctx, body.timeout_ms))
  addRoute(app, ctx.authenticate, endpoints.resumeRuntime, () => resume(ctx))
  addRoute(app, ctx.authenticate, endpoints.getRuntimeState, async () => ({
    state: ctx.engine.isPaused ? ('paused' as const) : ('running' as const),
    paused_runs_count: ctx.engine.isPaused ? await countHeldRuns(ctx.db) : 0,
  }))
  addRoute(app, ctx.authenticate, endpoints.listReplicas, () => listReplicas(ctx))
  addRoute(app, ctx.authenticate, endpoints.concurrencyStats, async () => ({
    ...ctx.slots.stats(),
    providers: ctx.callQueue.stats(),
  }))
}
