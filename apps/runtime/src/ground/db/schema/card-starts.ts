import type { Generated } from 'kysely'

/** Wishes that an agent works on a card; gone once what came of it is said. */
export interface CardStartsTable {
  /** Their order in line. */
  n: Generated<number>
  tenant_id: string
  /** For whom it is to work; empty where it was asked by a run without a user. */
  user_id: string
  place_id: number
  document_id: string
  chunk_id: string
  /** The comment that mentions it; empty where its column has it started. */
  comment_id: string
  /** The column the card came into; empty for a mention. */
  status: string
  agent: string
  /** By the comment, when it was written. */
  said: string
  /** JSON: the actor. */
  asked_by: string
  /** JSON: the tree whose budget it is in, where a run asked. */
  tree: string | null
  created_at: number
  /** Null: it waits for its turn. */
  run_id: string | null
}
