import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { probeNow, providerModels, resolverMatrix, routingView } from '../../../models/routing/views.ts'
import { addRoute } from '../route.ts'

export function modelRoutes(app: FastifyInstance, { authenticate, catalogue, routing }: AppContext) {
  addRoute(app, authenticate, endpoints.listModels, ({ query: { fresh } }) => catalogue.list(fresh))
  addRoute(app, authenticate, endpoints.getResolver, async () => resolverMatrix(routing))
  addRoute(app, authenticate, endpoints.resolveProbe, () => probeNow(routing))
  addRoute(app, authenticate, endpoints.listProviderModels, ({ params: { id } }) => providerModels(routing, id))
  addRoute(app, authenticate, endpoints.getRouting, async ({ caller }) =>
    routingView(routing, isAdmin(caller.principal)),
  )
}
