import type { wire } from '@loomcycle/client'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Store } from '../../../lib/browser/store.ts'
import type { OnDemand } from '../../../lib/on-demand.ts'
import type { Marks } from '../model/changes.ts'
import type { DocumentSearch, ViewId } from '../model/document-search.ts'
import type { FieldSpec } from '../model/field-chips.ts'
import type { Statuses } from '../teams/statuses.ts'
import type { EditDocument } from '../use-edit-document.ts'

/** Where a new chunk goes, seen from another one. */
export type Where = 'below' | 'inside'

/** What every view of a document is given. */
export interface ViewProps {
  document: wire.GetDocumentOutput
  /** What is to be seen, and the ways to change it. */
  editing: EditDocument
  /** The chunks that fit the filters; undefined where all are shown. */
  found: ReadonlySet<string> | undefined
  /** Where the words that were searched for stand in their texts. */
  excerpts: ReadonlyMap<string, string>
  /** The declared fields of each type. */
  types: ReadonlyMap<string, readonly FieldSpec[]>
  /** What a chunk may be given as its status. */
  statuses: Statuses
  /** What others have changed lately; whatever shows a mark watches its own. */
  marks: Store<Marks>
  /** The chunk that is open beside the view. */
  selected: string | undefined
  self: string | undefined
  search: DocumentSearch
  /** What changes of the address; no step of its own. */
  onSearch: (changed: Partial<DocumentSearch>) => void
  onOpen: (chunkId: string | undefined) => void
  /** Asks for a new chunk beside or in this one. */
  onAdd: (where: Where, chunkId: string) => void
}

/** One way to see a document. */
export interface View {
  id: ViewId
  label: string
  icon: LucideIcon
  /** Its code comes when it is looked at. */
  part: OnDemand<ComponentType<ViewProps>>
}
