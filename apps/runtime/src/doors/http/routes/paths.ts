import { pathOps } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { createPathOps } from '../../../areas/paths/ops/index.ts'
import { browsingOf, principalCaller } from '../../../areas/paths/place.ts'
import type { AppContext } from '../../../context.ts'
import { addOpRoute } from '../op-route.ts'

export function pathRoutes(app: FastifyInstance, ctx: AppContext) {
  addOpRoute(app, ctx.authenticate, pathOps, createPathOps(ctx), (principal, { query }) =>
    principalCaller(principal, browsingOf(query)),
  )
}
