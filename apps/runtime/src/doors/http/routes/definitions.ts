import { type DefinitionFamily, endpoints } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import {
  listDefinitionNames,
  listLibraryAgents,
  listLibrarySkills,
  listLibraryTeams,
} from '../../../areas/definitions/library.ts'
import type { AppContext } from '../../../context.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import type { Caller } from '../../../tools/caller.ts'
import { addRoute } from '../route.ts'

/** What there is to choose from: agents, skills and teams, as they are configured and as they were defined at run time. */
export function definitionRoutes(app: FastifyInstance, { authenticate, defining }: AppContext) {
  const names = [
    [endpoints.listAgentDefNames, 'AgentDef'],
    [endpoints.listSkillDefNames, 'SkillDef'],
    [endpoints.listTeamDefNames, 'TeamDef'],
  ] as const satisfies readonly (readonly [object, DefinitionFamily])[]
  for (const [endpoint, family] of names) {
    addRoute(app, authenticate, endpoint, async ({ caller, query: { tenant, ...query } }) =>
      listDefinitionNames(defining, tenantOf(caller, tenant), family, query),
    )
  }
  addRoute(app, authenticate, endpoints.listLibraryAgents, async ({ caller, query: { tenant } }) =>
    listLibraryAgents(defining, caller, tenantOf(caller, tenant)),
  )
  addRoute(app, authenticate, endpoints.listLibrarySkills, async ({ caller, query: { tenant } }) =>
    listLibrarySkills(defining, caller, tenantOf(caller, tenant)),
  )
  addRoute(app, authenticate, endpoints.listLibraryTeams, async ({ caller, query: { tenant } }) =>
    listLibraryTeams(defining, caller, tenantOf(caller, tenant)),
  )
  addRoute(app, authenticate, endpoints.listLibraryMcpServers, async () => ({ entries: [] }))
}

/** Another tenant is named by admins; whoever else does is shown their own. */
function tenantOf({ principal }: Caller, tenant: string | undefined): string {
  return isAdmin(principal) && tenant ? tenant : principal.tenantId
}
