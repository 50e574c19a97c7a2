import { Type } from 'typebox'
import { Int, type Of, object, oneOf, optional, Text } from '../schema.ts'
import { not_started, rank } from './parts.ts'

export const actorKinds = ['user', 'agent', 'program', 'schedule', 'webhook', 'mcp_peer', 'system'] as const

export const ChangeActor = object('ChangeActor', {
  kind: oneOf(actorKinds),
  id: Text('The user, or the name of the agent or of whatever else it was.'),
  run_id: optional(Text()),
})

export type ChangeActor = Of<typeof ChangeActor>

const ChunkAsset = object('ChunkAsset', { media_type: Text(), size: Int('In bytes.'), filename: optional(Text()) })

export const Chunk = object('Chunk', {
  id: Text(),
  document_id: Text(),
  position: Int('Place among its siblings; unique, ascending, not always without gaps.'),
  title: Text(),
  revision: Int(),
  body: Text(),
  parent_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  rank,
  fields: optional(Type.Record(Type.String(), Type.Unknown())),
  tags: optional(Type.Array(Text())),
  asset: optional(ChunkAsset),
  natural_key: optional(Text()),
  preamble: optional(Text('What an imported file had before its first heading.')),
  created_at: Text(),
  updated_at: Text(),
  updated_by: ChangeActor,
  not_started,
})

export type Chunk = Of<typeof Chunk>

export const ChunkSummary = object('ChunkSummary', {
  id: Text(),
  document_id: Text(),
  title: Text(),
  position: Int(),
  revision: Int(),
  parent_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  rank,
  natural_key: optional(Text()),
  updated_at: optional(Text()),
  body: optional(Text('Where asked for by `include`.')),
  fields: optional(Type.Record(Type.String(), Type.Unknown())),
  tags: optional(Type.Array(Text())),
  created_at: optional(Text('With `actors`.')),
  created_by: optional(ChangeActor),
  updated_by: optional(ChangeActor),
})
