import { historyOps } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../context.ts'
import { addOpRoute } from '../http/op-route.ts'
import { historyImplementations } from './ops/index.ts'

export function historyRoutes(app: FastifyInstance, ctx: AppContext) {
  addOpRoute(app, ctx.authenticate, historyOps, historyImplementations, (principal) => ({
    db: ctx.db,
    clock: ctx.clock,
    principal,
  }))
}
