import { historyOps } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { principalCaller } from '../../../areas/history/access.ts'
import { historyImplementations } from '../../../areas/history/ops/index.ts'
import type { AppContext } from '../../../context.ts'
import { addOpRoute } from '../op-route.ts'

export function historyRoutes(app: FastifyInstance, ctx: AppContext) {
  addOpRoute(app, ctx.authenticate, historyOps, historyImplementations, (principal) => ({
    ...ctx.history,
    caller: principalCaller(principal),
  }))
}
