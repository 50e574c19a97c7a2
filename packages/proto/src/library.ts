import { type TSchema, Type } from 'typebox'
import { AgentOverlay, SkillOverlay, TeamGraph } from './definitions/index.ts'
import { endpoint } from './endpoint.ts'
import { Bool, Int, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

export const LibraryAgentDefinition = object('LibraryAgentDefinition', AgentOverlay.properties)
export type LibraryAgentDefinition = Of<typeof LibraryAgentDefinition>
export const LibrarySkillDefinition = object('LibrarySkillDefinition', SkillOverlay.properties)
export type LibrarySkillDefinition = Of<typeof LibrarySkillDefinition>

/** What keeps something from working as it is meant to, for whoever runs this runtime to see to. */
export const Lack = object('Lack', {
  kind: oneOf(
    ['provider', 'model', 'tool', 'skill', 'volume', 'gate', 'agent'],
    '`gate`: the operator has it switched off.',
  ),
  name: Text('Of what is missing.'),
  why: Text('A sentence for people, with what to do about it.'),
})
export type Lack = Of<typeof Lack>

const entry = {
  name: Text(),
  source: oneOf(
    ['static-only', 'dynamic-only', 'both'],
    'Whether it is of the configuration, was made over the wire, or both.',
  ),
  in_static: Bool(),
  in_substrate: Bool(),
  bundled: optional(Bool('It is configured in a bundle that comes with the runtime.')),
  version_count: Int('Of those that were made over the wire.'),
  active_def_id: optional(Text()),
  latest_version: optional(Int()),
  last_updated: optional(Time()),
  live_version_count: optional(Int('Of those that are not retired.')),
  active_retired: optional(Bool('The active version was retired, and what is configured is used, if anything is.')),
  lacks: optional(Type.Array(Lack, { description: 'What it needs and has not got, as things stand.' })),
}
const entryOf = <D extends TSchema>(title: string, definition: D) =>
  object(title, {
    ...entry,
    static_definition: optional(definition),
    active_definition: optional(definition),
  })

const LibraryQuery = object('LibraryQuery', { tenant: optional(Text('Another tenant than one’s own; for admins.')) })
/** What there is none of yet: nothing but names. */
const LibraryList = object('LibraryList', { entries: Type.Array(object('LibraryEntry', entry)) })
const common = {
  method: 'GET',
  access: 'substrate:tenant',
  query: LibraryQuery,
  errors: ['invalid_request'],
  envelope: 'json',
} as const

/** What there is to choose from, by name. */
export const libraryEndpoints = {
  listLibraryAgents: endpoint({
    ...common,
    path: '/v1/_library/agents',
    summary: 'The agents there are, as they are configured and as they were defined at run time',
    result: object('LibraryAgents', {
      entries: Type.Array(entryOf('LibraryAgent', LibraryAgentDefinition)),
    }),
  }),
  listLibrarySkills: endpoint({
    ...common,
    path: '/v1/_library/skills',
    summary: 'The skills there are, as they are configured and as they were defined at run time',
    result: object('LibrarySkills', { entries: Type.Array(entryOf('LibrarySkill', LibrarySkillDefinition)) }),
  }),
  listLibraryTeams: endpoint({
    ...common,
    path: '/v1/_library/teams',
    summary: 'The teams there are, as they were defined at run time',
    result: object('LibraryTeams', { entries: Type.Array(entryOf('LibraryTeam', TeamGraph)) }),
  }),
  listLibraryMcpServers: endpoint({
    ...common,
    path: '/v1/_library/mcp-servers',
    summary: 'The MCP servers there are; none yet',
    result: LibraryList,
  }),
}
