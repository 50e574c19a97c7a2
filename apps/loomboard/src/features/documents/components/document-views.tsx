import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { foundChunksQuery } from '../../../components/documents/queries.ts'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { cn } from '../../../lib/cn.ts'
import { useOnDemand } from '../../../lib/on-demand.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { ChunkPanel } from '../card/chunk-panel.tsx'
import type { FieldSpec } from '../model/field-chips.ts'
import { type DocumentSearch, findChunks, isFiltered } from '../model/filter.ts'
import { type Snapshot, typesQuery } from '../queries.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { useLiveDocument } from '../use-live-document.ts'
import type { View, ViewProps, Where } from '../views/view.ts'
import { whichView } from '../views/which-view.ts'
import { ColumnsLoading } from './columns-loading.tsx'
import { DocumentSummary } from './document-summary.tsx'
import { FilterBar } from './filter-bar.tsx'
import { News } from './news.tsx'
import { ViewTabs } from './view-tabs.tsx'

export interface DocumentViewsProps {
  documentId: string
  search: DocumentSearch
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
  /** Where the document is in the tree. */
  place?: ReactNode
  snapshot: Snapshot
  editing: EditDocument
  onOpen: (chunkId: string | undefined) => void
  onAdd: (where: Where, chunkId: string) => void
}

const mostFound = 100
const noTypes: ReadonlyMap<string, readonly FieldSpec[]> = new Map()

/** One of the views of a document, with what chooses and filters it, and the open chunk beside it. */
export function DocumentViews(props: DocumentViewsProps) {
  const { documentId, search, onSearch, place, snapshot, editing, onOpen, onAdd } = props
  const { document } = snapshot
  const rootId = document.root_chunk_id
  const { chunks } = editing
  const { marks, news } = useLiveDocument(documentId)
  const { data: whoami } = useQuery(whoamiQuery)
  const { data: types = noTypes } = useQuery(typesQuery(documentId))
  const words = search.q ?? ''
  const byWords = useQuery({ ...foundChunksQuery(words, documentId, mostFound), enabled: words !== '' })
  const excerpts = useMemo(
    () => new Map(words === '' ? [] : byWords.data?.map((chunk) => [chunk.chunk_id, chunk.excerpt ?? ''])),
    [words, byWords.data],
  )
  const found = useMemo(
    () => findChunks(chunks, search, { byText: excerpts, changed: marks }),
    [chunks, search, excerpts, marks],
  )
  const beside = useMedia('(min-width: 1024px)')
  const change = useCallback((changed: Partial<DocumentSearch>) => onSearch(changed, true), [onSearch])
  // What suits a document is said once: a card that somebody adds takes nobody out of the outline.
  const [fitting] = useState(() => whichView({}, chunks.values(), rootId))
  const view = search.view ? whichView(search, [], rootId) : fitting
  const self = whoami?.subject
  const { card: opened } = search
  const isCovered = opened !== undefined && !beside

  return (
    <div className="relative flex min-h-0 flex-1">
      {/* What is behind the open chunk is there as it was when one comes back. */}
      <div className={cn('flex min-h-0 min-w-0 flex-1 flex-col', isCovered && 'invisible')} inert={isCovered}>
        <div className="flex shrink-0 flex-col gap-1.5 px-3 pt-1 pb-1.5 md:px-4">
          <div className="flex items-center gap-3">
            {place}
            <News
              news={news}
              marks={marks}
              chunks={chunks}
              self={self}
              {...(search.changed ? {} : { onShowChanged: () => change({ changed: true }) })}
            />
          </div>
          <div className="flex min-w-0 items-center gap-4">
            <ViewTabs current={view.id} />
            <DocumentSummary chunks={chunks} />
          </div>
          <FilterBar
            chunks={chunks}
            search={search}
            onSearch={change}
            found={isFiltered(search) ? (found?.size ?? 0) : undefined}
          />
        </div>
        <Shown
          key={`${documentId} ${view.id}`}
          view={view}
          document={document}
          editing={editing}
          found={found}
          excerpts={excerpts}
          types={types}
          marks={marks}
          selected={opened}
          self={self}
          search={search}
          onSearch={change}
          onOpen={onOpen}
          onAdd={onAdd}
        />
      </div>
      {opened !== undefined && (
        <aside
          aria-label="Open chunk"
          className="flex animate-fade-in flex-col max-lg:absolute max-lg:inset-0 max-lg:bg-bg lg:w-[26rem] lg:shrink-0 lg:border-l lg:bg-surface"
        >
          <ChunkPanel
            key={opened}
            chunkId={opened}
            document={document}
            editing={editing}
            self={self}
            alone={beside ? undefined : view.label}
            onSelect={onOpen}
            onAdd={(where) => onAdd(where, opened)}
            onClose={() => onOpen(undefined)}
          />
        </aside>
      )}
    </div>
  )
}

function Shown({ view, ...props }: ViewProps & { view: View }) {
  const Component = useOnDemand(view.part, true)
  if (!Component) {
    const label = `Loading the ${view.label.toLowerCase()}`
    return view.id === 'board' ? <ColumnsLoading label={label} /> : <LinesLoading label={label} />
  }
  return (
    <div data-view={view.id} className="flex min-h-0 flex-1 flex-col">
      <Component {...props} />
    </div>
  )
}
