import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { deleteLimit, listLimits, setLimit } from '../../../areas/usage/limits.ts'
import { usageReport } from '../../../areas/usage/report.ts'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

export function usageRoutes(app: FastifyInstance, ctx: AppContext) {
  const { authenticate, db } = ctx
  addRoute(app, authenticate, endpoints.usageReport, ({ caller, query }) => usageReport(db, caller, query))
  addRoute(app, authenticate, endpoints.listLimits, async ({ caller, query }) => ({
    limits: await listLimits(ctx, caller, query.tenant),
  }))
  addRoute(app, authenticate, endpoints.setLimit, ({ caller, body }) => setLimit(ctx, caller, body))
  addRoute(app, authenticate, endpoints.deleteLimit, ({ caller, query }) => deleteLimit(ctx, caller, query))
}
