import type { FastifyInstance } from 'fastify'
import type { AppContext } from './context.ts'
import { answerKeyedRequestsOnce } from './doors/http/answer-once.ts'
import { opRoutes } from './doors/http/op-route.ts'
import { identityRoutes } from './doors/http/routes/browser-sessions.ts'
import { channelRoutes } from './doors/http/routes/channels.ts'
import { configurationRoutes } from './doors/http/routes/configuration.ts'
import { definitionRoutes } from './doors/http/routes/definitions.ts'
import { documentRoutes } from './doors/http/routes/documents.ts'
import { interruptRoutes } from './doors/http/routes/interrupts.ts'
import { loginRoutes } from './doors/http/routes/login.ts'
import { memoryRoutes } from './doors/http/routes/memory.ts'
import { modelRoutes } from './doors/http/routes/models.ts'
import { openApiRoutes } from './doors/http/routes/openapi.ts'
import { operationRoutes } from './doors/http/routes/operations.ts'
import { runRoutes } from './doors/http/routes/runs.ts'
import { sessionRoutes } from './doors/http/routes/sessions.ts'
import { staticUi } from './doors/http/routes/static-ui.ts'
import { usageRoutes } from './doors/http/routes/usage.ts'
import { volumeRoutes } from './doors/http/routes/volumes.ts'
import { createServer } from './doors/http/server.ts'
import { endWithSession } from './doors/http/streams/end-with-session.ts'

/** Every door of the runtime. */
export async function buildApp(ctx: AppContext): Promise<FastifyInstance> {
  const app = await createServer(ctx)
  endWithSession(app, ctx.identity.sessions)
  answerKeyedRequestsOnce(app, ctx)
  loginRoutes(app, ctx)
  openApiRoutes(app, ctx.version)
  identityRoutes(app, ctx)
  runRoutes(app, ctx)
  sessionRoutes(app, ctx)
  opRoutes(app, ctx.authenticate, ctx.ops)
  definitionRoutes(app, ctx)
  modelRoutes(app, ctx)
  interruptRoutes(app, ctx)
  operationRoutes(app, ctx)
  usageRoutes(app, ctx)
  configurationRoutes(app, ctx)
  memoryRoutes(app, ctx)
  channelRoutes(app, ctx)
  documentRoutes(app, ctx)
  volumeRoutes(app, ctx)
  await staticUi(app, ctx.config.uiDir)
  return app
}
