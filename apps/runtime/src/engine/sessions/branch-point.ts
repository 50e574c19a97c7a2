import type { BranchPoint } from '@loomcycle/proto'
import type { SessionRow } from '../rows/sessions.ts'

/** Nothing for a session that is no branch, or whose source is gone or deleted: then there is no `title`. */
export function toBranchPoint(
  row: Pick<SessionRow, 'branched_from' | 'branched_seq'>,
  title: string | null | undefined,
): { branched_from?: BranchPoint } {
  if (row.branched_from === null || title == null) return {}
  return { branched_from: { session_id: row.branched_from, seq: row.branched_seq ?? 0, ...(title ? { title } : {}) } }
}
