import type { PathKind } from '@loomcycle/proto'
import type { Generated } from 'kysely'

/** Names of things, by their full path; a path in between need not have a row. */
export interface DirentsTable {
  tenant_id: string
  scope: string
  scope_id: string
  path: string
  kind: PathKind
  /** JSON, by which the names of a thing are found; null for directories. */
  resource_ref: string | null
  created_at: number
  updated_at: number
  /** What it comes or goes with. */
  batch: Generated<number | null>
}

/** Names that come or go together. */
export interface NameBatchesTable {
  id: Generated<number>
  tenant_id: string
  scope: string
  scope_id: string
  /** `marking`: they are still there; `coming`: not yet; `going`: not any more. */
  state: 'marking' | 'coming' | 'going'
}
