import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../context.ts'
import { addRoute } from '../http/route.ts'
import { isAdmin } from './principal.ts'

export function identityRoutes(app: FastifyInstance, ctx: AppContext) {
  addRoute(app, ctx.authenticate, endpoints.health, async ({ reply }) => {
    const { error } = ctx.db.health
    if (error) reply.code(503)
    return {
      ok: error === undefined,
      version: ctx.version,
      uptime_seconds: Math.floor(process.uptime()),
      metrics_enabled: false,
      store: error ? { ok: false, error: error.trouble } : { ok: true },
    }
  })

  addRoute(app, ctx.authenticate, endpoints.whoami, async ({ principal }) => ({
    tenant_id: principal.tenantId,
    subject: principal.subject,
    scopes: [...principal.scopes],
    is_admin: isAdmin(principal),
    legacy: principal.legacy,
    ...(principal.open ? { open_mode: true } : {}),
  }))
}
