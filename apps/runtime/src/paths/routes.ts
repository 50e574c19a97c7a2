import { pathOps } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../context.ts'
import { addOpRoute } from '../http/op-route.ts'
import { createPathOps } from './ops/index.ts'
import { browsingOf, principalCaller } from './place.ts'

export function pathRoutes(app: FastifyInstance, ctx: AppContext) {
  addOpRoute(app, ctx.authenticate, pathOps, createPathOps(ctx), (principal, { query }) =>
    principalCaller(principal, browsingOf(query)),
  )
}
