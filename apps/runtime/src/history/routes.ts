import { historyOps } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../context.ts'
import { addOpRoute } from '../http/op-route.ts'
import { principalCaller } from './access.ts'
import { historyImplementations } from './ops/index.ts'

export function historyRoutes(app: FastifyInstance, ctx: AppContext) {
  addOpRoute(app, ctx.authenticate, historyOps, historyImplementations, (principal) => ({
    ...ctx.history,
    caller: principalCaller(principal),
  }))
}
