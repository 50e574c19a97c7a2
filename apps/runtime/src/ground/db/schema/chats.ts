import type { Generated } from 'kysely'

/** What people and models say about a conversation. */
export interface ChatNotesTable {
  session_id: string
  tenant_id: string
  description: string | null
  /** JSON: a list of texts. */
  tags: string | null
  summary: string | null
  summary_updated_at: number | null
}

/** One row for each thing that was said. */
export interface ChatTextsTable {
  n: Generated<number>
  session_id: string
  text: string
}

/** Full-text index over them. */
export interface ChatFtsTable {
  /** Of `chat_texts`. */
  rowid: number
  words: string
  /** Tokens of whom it belongs to. */
  owners: string
}

/** How far a session is in the index. */
export interface ChatIndexedTable {
  session_id: string
  tenant_id: string
  seq: number
}

/** Sessions in which something was said since. */
export interface ChatUnindexedTable {
  session_id: string
  tenant_id: string
}
