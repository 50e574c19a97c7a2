import type { Generated } from 'kysely'

/** One tenant's, one scope's, one scope id's; everything below belongs to one. */
export interface DocumentPlacesTable {
  id: Generated<number>
  tenant_id: string
  scope: string
  scope_id: string
  /** Number of the latest change. */
  head_seq: Generated<number>
  /** How often automatic edges were made anew, apart from a change. */
  relinked: Generated<number>
}

export interface DocumentsTable {
  id: string
  place_id: number
  /** Always that of the root chunk. */
  title: string
  root_chunk_id: string
  created_at: number
  updated_at: number
}

export interface ChunksTable {
  n: number
  id: string
  place_id: number
  document_id: string
  /** Empty: at the top level. */
  parent_id: string
  /** Position among the siblings is `slot` plus the `base` of the shelf, so that a move renumbers few rows. */
  shelf: number
  slot: number
  type: string
  status: string
  /** Place among the chunks of its document that have its status; empty without one. */
  rank: Generated<string>
  title: string
  /** As links find it. */
  title_key: string
  natural_key: string | null
  revision: number
  created_at: number
  updated_at: number
  /** JSON: who wrote this revision. */
  actor: string
  /** What it comes or goes with, where that is more than one transaction can take. */
  batch: Generated<number | null>
}

/** Chunks that come or go together: all of a document, or those that name the batch. */
export interface ChunkBatchesTable {
  id: Generated<number>
  place_id: number
  document_id: string | null
  /** `marking`: they are still there; `coming`: not yet; `going`: not any more, and kept to be brought back; `dropped`: not kept. */
  state: 'marking' | 'coming' | 'going' | 'dropped'
}

/** Links that are still to be looked at, from where on: those that lead to a chunk, or those of a name. */
export interface ChunkRelinksTable {
  id: Generated<number>
  place_id: number
  document_id: string
  to_id: string | null
  target: string | null
  after_from: Generated<string>
  after_target: Generated<string>
}

/** What is gone, enough to bring it back. */
export interface RemovedChunksTable {
  batch: number
  parent_id: string
  position: number
  id: string
  /** JSON. */
  chunk: string
}

export interface RemovedEdgesTable {
  batch: number
  from_id: string
  to_id: string
  kind: string
}

export interface ChunkShelvesTable {
  document_id: string
  parent_id: string
  shelf: number
  base: number
}

export interface ChunkContentsTable {
  n: number
  body: string
  /** JSON object. */
  fields: string | null
  /** Text of an imported file before its first heading. */
  preamble: string
  /** JSON: how heading and blank space were written in the file this came from. */
  markup: string | null
  /** JSON: which image. */
  asset: string | null
}

export interface PlacedChunksView extends ChunksTable, ChunkContentsTable {
  position: number
}

export interface ChunkEdgesTable {
  from_id: string
  to_id: string
  kind: string
  /** 1: made from a link in the body, and gone with it. */
  auto: number
  place_id: number
  created_at: number
}

/** What bodies link to, found or not. */
export interface ChunkLinksTable {
  from_id: string
  /** An id, or a title as links find it. */
  target: string
  place_id: number
  /** The one the link is in. */
  document_id: string
  /** Null while nothing has this title. */
  to_id: string | null
}

export interface ChunkTagsTable {
  chunk_id: string
  tag: string
  place_id: number
}

export interface ChunkTypesTable {
  place_id: number
  /** Empty: for every document of the place. */
  document_id: string
  name: string
  /** JSON, as declared. */
  fields: string
  created_at: number
}

export interface ChunkAssetsTable {
  place_id: number
  /** SHA-256 of the data. */
  hash: string
  media_type: string
  data: Uint8Array
  created_at: number
}

/** The log of everything that was done, with what it takes to undo it. */
export interface DocumentChangesTable {
  n: number
  place_id: number
  /** From 1 without holes within the place. */
  seq: number
  op: string
  document_id: string
  chunk_id: string
  /** Of the chunk after the change. */
  revision: number
  /** JSON. */
  actor: string
  run_id: string
  at: number
  /** JSON: what followers are told besides. */
  detail: string
  /** JSON: what was there before, of what was changed. */
  before: string | null
}
