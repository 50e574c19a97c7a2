import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { visibleTenant } from '../../../areas/interrupts/access.ts'
import { toInterrupt } from '../../../areas/interrupts/interrupt.ts'
import { resolveInterrupt } from '../../../areas/interrupts/resolve.ts'
import { countInterrupts, type InterruptFilter, listInterrupts } from '../../../areas/interrupts/store.ts'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

const listLimit = 200

export function interruptRoutes(app: FastifyInstance, ctx: AppContext) {
  const list = async (filter: InterruptFilter) => ({
    interrupts: (await listInterrupts(ctx.db, filter, listLimit)).map(toInterrupt),
    total: await countInterrupts(ctx.db, filter),
  })

  addRoute(app, ctx.authenticate, endpoints.listRunInterrupts, ({ caller, params, query }) => {
    return list({
      ...filterOf(query.status ?? 'all'),
      tenantId: visibleTenant(caller),
      of: { runId: params.run_id },
    })
  })

  addRoute(app, ctx.authenticate, endpoints.listUserInterrupts, ({ caller, params, query }) => {
    const { status = 'pending' } = query
    return list({ ...filterOf(status), tenantId: visibleTenant(caller), of: { userId: params.user_id } })
  })

  addRoute(app, ctx.authenticate, endpoints.resolveInterrupt, ({ caller, params, body }) => {
    return resolveInterrupt(ctx.interrupts, caller, params, body)
  })
}

function filterOf(status: string) {
  return { status: status === 'all' ? undefined : status }
}
