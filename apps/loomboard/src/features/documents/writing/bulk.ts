import type { Patch } from './patch.ts'

/** What somebody has done to several chunks at once; one undo takes it back. */
export interface Bulk {
  label: string
  ids: readonly string[]
  /** What each was before and is since, where the server has it. */
  saved: Map<string, { before: Patch; after: Patch }>
  /** Cards that went to a column. */
  move?: {
    status: string
    /** Why it did not take which of them. */
    refused: ReadonlyMap<string, string>
  }
}
