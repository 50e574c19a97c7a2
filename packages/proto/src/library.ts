import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Compaction, efforts, Sampling } from './runs.ts'
import { Bool, Int, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

const names = (description?: string) => optional(Type.Array(Text(), description ? { description } : {}))

export const LibraryAgentDefinition = object('LibraryAgentDefinition', {
  description: optional(Text()),
  provider: optional(Text()),
  model: optional(Text()),
  effort: optional(oneOf(efforts)),
  max_tokens: optional(Int()),
  max_iterations: optional(Int()),
  max_concurrent_children: optional(Int()),
  system_prompt: optional(Text()),
  tools: names(),
  allowed_tools: names('Older name of `tools`.'),
  memory_scopes: names(),
  memory_quota_bytes: optional(Int()),
  sampling: optional(Sampling),
  compaction: optional(Compaction),
})
export type LibraryAgentDefinition = Of<typeof LibraryAgentDefinition>

const entry = {
  name: Text(),
  source: oneOf(
    ['static-only', 'dynamic-only', 'both'],
    'Whether it is of the configuration, was made over the wire, or both.',
  ),
  in_static: Bool(),
  in_substrate: Bool(),
  version_count: Int('Of those that were made over the wire.'),
  active_def_id: optional(Text()),
  latest_version: optional(Int()),
  last_updated: optional(Time()),
}

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
    summary: 'The agents there are, as they are configured',
    result: object('LibraryAgents', {
      entries: Type.Array(object('LibraryAgent', { ...entry, static_definition: optional(LibraryAgentDefinition) })),
    }),
  }),
  listLibrarySkills: endpoint({
    ...common,
    path: '/v1/_library/skills',
    summary: 'The skills there are; none yet',
    result: LibraryList,
  }),
  listLibraryMcpServers: endpoint({
    ...common,
    path: '/v1/_library/mcp-servers',
    summary: 'The MCP servers there are; none yet',
    result: LibraryList,
  }),
}
