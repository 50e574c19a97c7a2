import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../../../context.ts'
import { browserName } from '../../../ground/identity/browser-name.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { addressOf } from '../auth.ts'
import { addRoute } from '../route.ts'

export function identityRoutes(app: FastifyInstance, ctx: AppContext) {
  const { sessions, log } = ctx.identity

  addRoute(app, ctx.authenticate, endpoints.health, async ({ reply }) => {
    const { error } = ctx.db.health
    if (error) reply.code(503)
    return {
      ok: error === undefined,
      version: ctx.version,
      commit: ctx.config.commit,
      uptime_seconds: Math.floor(process.uptime()),
      metrics_enabled: false,
      // Strangers are told what is wrong, and not where.
      store: error ? { ok: false, error: error.trouble.replaceAll(ctx.config.dataDir, '…') } : { ok: true },
    }
  })

  addRoute(app, ctx.authenticate, endpoints.whoami, async ({ caller: { principal } }) => ({
    tenant_id: principal.tenantId,
    subject: principal.subject,
    scopes: [...principal.scopes],
    is_admin: isAdmin(principal),
    legacy: principal.legacy,
    ...(principal.open ? { open_mode: true } : {}),
    // There are no MCP servers, and no tool reaches the network.
    capabilities: { mcp_allow_dynamic_stdio: false, http_host_allowlist_configured: false },
  }))

  addRoute(app, ctx.authenticate, endpoints.listBrowserSessions, async ({ caller: { principal } }) => ({
    sessions: (await sessions.list(principal)).map((session) => ({
      id: session.id,
      created_at: new Date(session.created_at).toISOString(),
      last_used_at: new Date(session.last_used_at).toISOString(),
      expires_at: new Date(sessions.endsAt(session)).toISOString(),
      address: session.address,
      browser: browserName(session.user_agent),
      current: session.id === principal.sessionId,
    })),
  }))

  addRoute(app, ctx.authenticate, endpoints.endBrowserSession, async ({ caller: { principal }, params, request }) => {
    request.outliveSession?.()
    if (!(await sessions.end(principal, params.id))) {
      throw new RuntimeError('not_found', `There is no signed-in browser with the id ${JSON.stringify(params.id)}.`)
    }
    log.write({ event: 'sessions_ended', address: addressOf(request), sessions: [params.id], count: 1, why: 'asked' })
  })

  addRoute(app, ctx.authenticate, endpoints.endBrowserSessions, async ({ caller: { principal }, request }) => {
    request.outliveSession?.()
    const ended = await sessions.endAll(principal)
    log.write({ event: 'sessions_ended', address: addressOf(request), count: ended, why: 'asked' })
    return { ended }
  })
}
