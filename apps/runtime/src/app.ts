import type { FastifyInstance } from 'fastify'
import { channelRoutes } from './channels/routes.ts'
import type { AppContext } from './context.ts'
import { documentRoutes } from './documents/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { endWithSession } from './http/end-with-session.ts'
import { loginRoutes } from './http/login-routes.ts'
import { openApiRoutes } from './http/openapi-routes.ts'
import { createServer } from './http/server.ts'
import { staticUi } from './http/static-ui.ts'
import { identityRoutes } from './identity/routes.ts'
import { interruptRoutes } from './interrupts/routes.ts'
import { memoryRoutes } from './memory/routes.ts'
import { operationRoutes } from './operations/routes.ts'
import { pathRoutes } from './paths/routes.ts'
import { runRoutes } from './runs/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'

/** Every door of the runtime. */
export async function buildApp(ctx: AppContext): Promise<FastifyInstance> {
  const app = await createServer(ctx.config, ctx.clock)
  endWithSession(app, ctx.identity.sessions)
  loginRoutes(app, ctx)
  openApiRoutes(app, ctx.version)
  identityRoutes(app, ctx)
  runRoutes(app, ctx)
  sessionRoutes(app, ctx)
  historyRoutes(app, ctx)
  interruptRoutes(app, ctx)
  operationRoutes(app, ctx)
  memoryRoutes(app, ctx)
  channelRoutes(app, ctx)
  pathRoutes(app, ctx)
  documentRoutes(app, ctx)
  await staticUi(app, ctx.config.uiDir)
  return app
}
