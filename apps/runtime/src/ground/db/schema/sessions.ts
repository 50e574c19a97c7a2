import type { Generated } from 'kysely'

export interface SessionsTable {
  id: string
  tenant_id: string
  user_id: string
  agent: string
  created_at: number
  last_activity: number
  /** Given by a person; null until then. */
  title: string | null
  /** The start of the first message, shown while there is no title. */
  opening: string
  pinned: Generated<number>
  archived_at: number | null
  /** Hidden from everybody since then, and purged after a while. */
  deleted_at: number | null
  /** The session it was copied from; null where it is no copy, or that one is gone. */
  branched_from: string | null
  /** The last event that was copied; it has the same number in both. */
  branched_seq: number | null
  /** Of the events, as far as they are counted: a turn that goes on is not yet. */
  bytes: Generated<number>
}
