import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { listLibraryAgents } from '../../../engine/agents/library.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { addRoute } from '../route.ts'

export function libraryRoutes(app: FastifyInstance, { authenticate, definitions }: AppContext) {
  addRoute(app, authenticate, endpoints.listLibraryAgents, async ({ caller: { principal }, query: { tenant } }) =>
    listLibraryAgents(definitions, isAdmin(principal) && tenant ? tenant : principal.tenantId),
  )
  addRoute(app, authenticate, endpoints.listLibrarySkills, async () => ({ entries: [] }))
  addRoute(app, authenticate, endpoints.listLibraryMcpServers, async () => ({ entries: [] }))
}
