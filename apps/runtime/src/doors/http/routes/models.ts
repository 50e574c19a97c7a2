import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

export function modelRoutes(app: FastifyInstance, { authenticate, catalogue }: AppContext) {
  addRoute(app, authenticate, endpoints.listModels, ({ query: { fresh } }) => catalogue.list(fresh))
}
