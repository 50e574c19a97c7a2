import type { Chunk } from '@loomcycle/proto'
import type { Actor } from '../../../ground/identity/place.ts'
import type { Markup } from '../exchange/markdown/markup.ts'

export type Fields = Record<string, unknown>

export interface AssetRef {
  hash: string
  media_type: string
  size: number
  filename?: string
}

/** What a revision of a chunk says; in the log by the same names. */
export interface ChunkContent {
  title: string
  type: string
  status: string
  body: string
  fields: Fields | null
  tags: string[]
  preamble: string
  asset: AssetRef | null
  natural_key: string | null
  markup: Markup | null
}

export interface ChunkPlace {
  parent_id: string
  position: number
  /** Its place in its column; empty without a status. */
  rank: string
}

export type ChunkState = ChunkContent & ChunkPlace

/** A chunk as it is stored. */
export interface StoredChunk extends ChunkState {
  n: number
  id: string
  document_id: string
  shelf: number
  slot: number
  revision: number
  created_at: number
  updated_at: number
  actor: Actor
}

export function toChunk(chunk: StoredChunk): Chunk {
  const { asset } = chunk
  return {
    id: chunk.id,
    document_id: chunk.document_id,
    position: chunk.position,
    title: chunk.title,
    revision: chunk.revision,
    body: chunk.body,
    ...labels(chunk),
    ...(chunk.fields ? { fields: chunk.fields } : {}),
    ...(chunk.tags.length > 0 ? { tags: chunk.tags } : {}),
    ...(asset
      ? {
          asset: {
            media_type: asset.media_type,
            size: asset.size,
            ...(asset.filename ? { filename: asset.filename } : {}),
          },
        }
      : {}),
    ...(chunk.natural_key === null ? {} : { natural_key: chunk.natural_key }),
    ...(chunk.preamble === '' ? {} : { preamble: chunk.preamble }),
    created_at: new Date(chunk.created_at).toISOString(),
    updated_at: new Date(chunk.updated_at).toISOString(),
    updated_by: chunk.actor,
  }
}

/** Those that are not empty. */
export function labels(chunk: { parent_id?: string; type: string; status: string; rank?: string }) {
  return {
    ...(chunk.parent_id ? { parent_id: chunk.parent_id } : {}),
    ...(chunk.type === '' ? {} : { type: chunk.type }),
    ...(chunk.status === '' ? {} : { status: chunk.status }),
    ...(chunk.rank ? { rank: chunk.rank } : {}),
  }
}

/** A title is one line. */
export function toTitle(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

export function toTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))].sort()
}
