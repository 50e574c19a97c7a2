import { endpoint } from '../endpoint.ts'
import { DefinitionNames, DefinitionNamesQuery } from './row.ts'

const names = {
  method: 'GET',
  access: 'substrate:tenant',
  query: DefinitionNamesQuery,
  result: DefinitionNames,
  errors: ['invalid_request', 'invalid_cursor'],
  envelope: 'json',
} as const

/** What has been defined at run time, by name, in each family. */
export const definitionEndpoints = {
  listAgentDefNames: endpoint({
    ...names,
    path: '/v1/_agentdef/names',
    summary: 'Agents that were defined at run time, by name',
  }),
  listSkillDefNames: endpoint({
    ...names,
    path: '/v1/_skilldef/names',
    summary: 'Skills that were defined at run time, by name',
  }),
  listTeamDefNames: endpoint({
    ...names,
    path: '/v1/_teamdef/names',
    summary: 'Teams that were defined at run time, by name',
  }),
}
