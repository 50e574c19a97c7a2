import type { wire } from '@loomcycle/client'
import { Terminal } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import type { DocumentSearch, ViewId } from '../model/document-search.ts'
import type { FieldSpec } from '../model/field-chips.ts'
import type { SavedView } from '../model/saved-views.ts'
import { BoardTeam } from '../teams/board-team.tsx'
import type { EditDocument } from '../use-edit-document.ts'
import type { LiveDocument } from '../use-live-document.ts'
import { DocumentSummary } from './document-summary.tsx'
import { DisplayMenu } from './filter/display-menu.tsx'
import { FilterBar } from './filter/filter-bar.tsx'
import { News } from './news.tsx'
import { firstQuestion } from './query/first-question.ts'
import { SavedViews } from './saved/saved-views.tsx'
import { ViewTabs } from './view-tabs.tsx'

export interface DocumentBarProps {
  document: wire.GetDocumentOutput
  editing: EditDocument
  types: ReadonlyMap<string, readonly FieldSpec[]>
  live: LiveDocument
  /** Where the document is in the tree. */
  place: ReactNode
  self: string | undefined
  /** What the address says, and what holds with the saved view. */
  address: DocumentSearch
  search: DocumentSearch
  savedOnes: readonly SavedView[]
  saved: SavedView | undefined
  view: ViewId
  /** How many chunks fit; undefined where all are shown. */
  found: number | undefined
  onAddress: (changed: Partial<DocumentSearch>, replace: boolean) => void
  onSearch: (changed: Partial<DocumentSearch>) => void
  onOpen: (chunkId: string) => void
}

/** What chooses and filters a view of a document, and what has happened to it. */
export const DocumentBar = memo(function DocumentBar(props: DocumentBarProps) {
  const { document, editing, types, live, place, self, address, search, view, onSearch } = props
  const { chunks } = editing
  return (
    <div className="flex shrink-0 flex-col gap-1.5 px-3 pt-1 pb-1.5 md:px-4 print:hidden">
      <div className="flex items-center gap-3">
        {place}
        <News
          news={live.news}
          marks={live.marks}
          chunks={chunks}
          self={self}
          onOpen={props.onOpen}
          onShowChanged={() => onSearch({ changed: true })}
        />
      </div>
      <div className="flex min-w-0 items-center gap-4">
        <div className="-mx-1 flex min-w-0 items-center gap-1 overflow-x-auto px-1">
          <ViewTabs current={view} />
          <SavedViews
            views={props.savedOnes}
            saved={props.saved}
            address={address}
            search={search}
            view={view}
            editing={editing}
            onAddress={(next) => props.onAddress({ ...nothingOf(address), ...next }, false)}
          />
        </div>
        <DocumentSummary chunks={chunks} />
      </div>
      <FilterBar chunks={chunks} types={types} search={search} onSearch={onSearch} found={props.found}>
        <DisplayMenu view={view} types={types} search={search} onSearch={onSearch} />
        {view === 'board' && <BoardTeam editing={editing} />}
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={search.sql !== undefined}
          onClick={() => onSearch({ sql: search.sql === undefined ? firstQuestion(document) : undefined })}
        >
          <Terminal aria-hidden="true" />
          SQL
        </Button>
      </FilterBar>
    </div>
  )
})

/** Takes everything out of an address but who is beside the page. */
function nothingOf({ assistant: _, ...address }: DocumentSearch): Partial<DocumentSearch> {
  return Object.fromEntries(Object.keys(address).map((key) => [key, undefined]))
}
