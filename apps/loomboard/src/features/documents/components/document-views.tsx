import { useQuery } from '@tanstack/react-query'
import { Terminal } from 'lucide-react'
import { type ComponentProps, type ReactNode, useCallback, useMemo, useState } from 'react'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { cn } from '../../../lib/cn.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { ChunkPanel } from '../card/chunk-panel.tsx'
import type { FieldSpec } from '../model/field-chips.ts'
import { type DocumentSearch, isFiltered, type ViewId } from '../model/filter.ts'
import { besideSaved, savedViews, withSaved } from '../model/saved-views.ts'
import { Present, useBeat } from '../presence/presence.ts'
import { type Snapshot, typesQuery } from '../queries.ts'
import { CardRuns, useFollowCardRuns } from '../runs/card-runs.ts'
import { BulkBar } from '../selection/bulk-bar.tsx'
import { AskDialog } from '../talk/ask-dialog.tsx'
import type { EditDocument } from '../use-edit-document.ts'
import { useFound } from '../use-found.ts'
import { useLiveDocument } from '../use-live-document.ts'
import type { View, ViewProps, Where } from '../views/view.ts'
import { whichView } from '../views/which-view.ts'
import { ColumnsLoading } from './columns-loading.tsx'
import { DocumentSummary } from './document-summary.tsx'
import { DisplayMenu } from './filter/display-menu.tsx'
import { FilterBar } from './filter/filter-bar.tsx'
import { News } from './news.tsx'
import { firstQuestion } from './query/first-question.ts'
import type { QueryPanel } from './query/query-panel.tsx'
import { SavedViews } from './saved/saved-views.tsx'
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

/** Views in which several chunks are selected. */
const takesMany: readonly ViewId[] = ['board', 'table']
const noTypes: ReadonlyMap<string, readonly FieldSpec[]> = new Map()

/** One of the views of a document, with what chooses and filters it, and the open chunk beside it. */
export function DocumentViews(props: DocumentViewsProps) {
  const { documentId, search: address, onSearch, place, snapshot, editing, onOpen, onAdd } = props
  const { document } = snapshot
  const rootId = document.root_chunk_id
  const { chunks } = editing
  const { marks, news, present } = useLiveDocument(documentId)
  const { data: whoami } = useQuery(whoamiQuery)
  const { data: types = noTypes } = useQuery(typesQuery(documentId))
  const savedOnes = useMemo(() => savedViews(editing.boards), [editing.boards])
  const saved = savedOnes.find(({ name }) => name === address.saved)
  const search = useMemo(() => withSaved(address, saved), [address, saved])
  const { found, excerpts } = useFound(documentId, chunks, search, { types, marks })
  const beside = useMedia('(min-width: 1024px)')
  const change = useCallback(
    (changed: Partial<DocumentSearch>) => onSearch(besideSaved(changed, saved), true),
    [onSearch, saved],
  )
  // What suits a document is said once: a card that somebody adds takes nobody out of the outline.
  const [fitting] = useState(() => whichView({}, chunks.values(), rootId))
  const view = search.view ? whichView(search, [], rootId) : fitting
  const self = whoami?.subject
  const { card: opened } = search
  const isCovered = opened !== undefined && !beside

  const runs = useFollowCardRuns(documentId)
  useBeat(documentId, opened)

  return (
    <CardRuns value={runs}>
      <Present value={present}>
        <div className="relative flex min-h-0 flex-1">
          {/* What is behind the open chunk is there as it was when one comes back. */}
          <div
            className={cn('relative flex min-h-0 min-w-0 flex-1 flex-col', isCovered && 'invisible')}
            inert={isCovered}
          >
            <div className="flex shrink-0 flex-col gap-1.5 px-3 pt-1 pb-1.5 md:px-4 print:hidden">
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
                <div className="-mx-1 flex min-w-0 items-center gap-1 overflow-x-auto px-1">
                  <ViewTabs current={view.id} />
                  <SavedViews
                    views={savedOnes}
                    saved={saved}
                    address={address}
                    search={search}
                    view={view.id}
                    editing={editing}
                    onAddress={(next) => onSearch({ ...nothingOf(address), ...next }, false)}
                  />
                </div>
                <DocumentSummary chunks={chunks} />
              </div>
              <FilterBar
                chunks={chunks}
                types={types}
                search={search}
                onSearch={change}
                found={isFiltered(search) ? (found?.size ?? 0) : undefined}
              >
                <DisplayMenu view={view.id} types={types} search={search} onSearch={change} />
                <Button
                  size="sm"
                  variant="ghost"
                  aria-pressed={search.sql !== undefined}
                  onClick={() => change({ sql: search.sql === undefined ? firstQuestion(document) : undefined })}
                >
                  <Terminal aria-hidden="true" />
                  SQL
                </Button>
              </FilterBar>
            </div>
            {takesMany.includes(view.id) && (
              <BulkBar document={document} editing={editing} types={types} onOpen={onOpen} />
            )}
            {search.sql === undefined ? (
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
            ) : (
              <Question
                editing={editing}
                types={types}
                selected={opened}
                search={search}
                onSearch={change}
                onOpen={onOpen}
              />
            )}
          </div>
          {opened !== undefined && (
            <aside
              aria-label="Open chunk"
              className="flex animate-fade-in flex-col max-lg:absolute max-lg:inset-0 max-lg:bg-bg lg:w-[26rem] xl:has-[[data-wide]]:w-[40rem] lg:shrink-0 lg:border-l lg:bg-surface"
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
        <AskDialog documentId={documentId} editing={editing} opened={opened} />
      </Present>
    </CardRuns>
  )
}

const question = onDemand(() => import('./query/query-panel.tsx').then((m) => m.QueryPanel))

function Question(props: Omit<ComponentProps<typeof QueryPanel>, 'key'>) {
  const Component = useOnDemand(question, true)
  return Component ? <Component {...props} /> : <LinesLoading label="Loading the question" />
}

/** Takes everything out of an address. */
function nothingOf(address: DocumentSearch): Partial<DocumentSearch> {
  return Object.fromEntries(Object.keys(address).map((key) => [key, undefined]))
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
