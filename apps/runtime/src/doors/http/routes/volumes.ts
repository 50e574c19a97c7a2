import { endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { listEntries, listOfRuns } from '../../../areas/volumes/list-entries.ts'
import { type LookedAt, listFiles, readContent } from '../../../areas/volumes/preview.ts'
import type { AppContext } from '../../../context.ts'
import { addRoute } from '../route.ts'

export function volumeRoutes(app: FastifyInstance, { authenticate, volumes: { ctx } }: AppContext) {
  addRoute(app, authenticate, endpoints.listVolumes, async ({ caller, query: { tenant } }) => ({
    entries: await listEntries(ctx, caller, tenant),
  }))
  addRoute(app, authenticate, endpoints.listEphemeralVolumes, async ({ caller, query: { tenant } }) => ({
    entries: await listOfRuns(ctx, caller, tenant),
  }))
  addRoute(app, authenticate, endpoints.listVolumeFiles, async ({ caller, params, query }) =>
    listFiles(ctx, caller, lookedAt(params, query), query),
  )
  addRoute(app, authenticate, endpoints.getVolumeContent, async ({ caller, params, query }) =>
    readContent(ctx, caller, lookedAt(params, query), query),
  )
}

function lookedAt(
  { name }: { name: string },
  { root_run_id, tenant }: { root_run_id?: string; tenant?: string },
): LookedAt {
  return { name, root_run_id, tenant }
}
