import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { visibleTenant } from '../../../areas/interrupts/access.ts'
import { toInterrupt } from '../../../areas/interrupts/interrupt.ts'
import { resolveInterrupt } from '../../../areas/interrupts/resolve.ts'
import { countInterrupts, type InterruptFilter, interruptKey, listInterrupts } from '../../../areas/interrupts/store.ts'
import type { AppContext } from '../../../context.ts'
import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import { addRoute } from '../route.ts'

export function interruptRoutes(app: FastifyInstance, ctx: AppContext) {
  const list = async (filter: InterruptFilter, { limit = 200, cursor }: { limit?: number; cursor?: string }) => {
    const listing: Listing = ['interrupts', { ...filter }]
    const page = { after: afterCursor(cursor, listing, 2), limit: limit + 1 }
    const { rows, next } = toPage(await listInterrupts(ctx.db, filter, page), limit, listing, interruptKey)
    return { interrupts: rows.map(toInterrupt), total: await countInterrupts(ctx.db, filter), ...next }
  }

  addRoute(app, ctx.authenticate, endpoints.listRunInterrupts, ({ caller, params, query }) => {
    const of = { runId: params.run_id }
    return list({ ...filterOf(query.status ?? 'all'), tenantId: visibleTenant(caller), of }, query)
  })

  addRoute(app, ctx.authenticate, endpoints.listUserInterrupts, ({ caller, params, query }) => {
    const { status = 'pending' } = query
    const of = { userId: params.user_id }
    return list({ ...filterOf(status), tenantId: visibleTenant(caller), of }, query)
  })

  addRoute(app, ctx.authenticate, endpoints.resolveInterrupt, ({ caller, params, body }) => {
    return resolveInterrupt(ctx.interrupts, caller, params, body)
  })
}

function filterOf(status: string) {
  return { status: status === 'all' ? undefined : status }
}
