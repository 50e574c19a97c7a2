import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, memo, type ReactNode, useCallback, useMemo, useState } from 'react'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { cn } from '../../../lib/cn.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { AssistantPlace } from '../assistant/assistant-place.tsx'
import { hasPlaceBeside, hasPlaceForBoth } from '../assistant/room.ts'
import type { AssistantSlot } from '../assistant/slot.ts'
import { ChunkPanel } from '../card/chunk-panel.tsx'
import type { DocumentSearch, ViewId } from '../model/document-search.ts'
import type { FieldSpec } from '../model/field-chips.ts'
import { isFiltered } from '../model/filter.ts'
import { besideSaved, savedViews, withSaved } from '../model/saved-views.ts'
import { Present, useBeat } from '../presence/presence.ts'
import { typesQuery } from '../queries.ts'
import { CardRuns, useFollowCardRuns } from '../runs/card-runs.ts'
import { RevertRunDialog } from '../runs/revert-run.tsx'
import { BulkBar } from '../selection/bulk-bar.tsx'
import { AskDialog } from '../talk/ask-dialog.tsx'
import { SendDialog } from '../teams/send-dialog.tsx'
import { useStatuses } from '../teams/use-statuses.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { useFound } from '../use-found.ts'
import { useLiveDocument } from '../use-live-document.ts'
import type { View, ViewProps, Where } from '../views/view.ts'
import { whichView } from '../views/which-view.ts'
import { ColumnsLoading } from './columns-loading.tsx'
import { DocumentBar } from './document-bar.tsx'
import type { QueryPanel } from './query/query-panel.tsx'

export interface DocumentViewsProps {
  search: DocumentSearch
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
  /** Where the document is in the tree. */
  place?: ReactNode
  assistant: AssistantSlot
  /** Somebody has opened the assistant since this page is open. */
  isAsked: boolean
  document: wire.GetDocumentOutput
  editing: EditDocument
  /** The same a little later, where nobody waits for it. */
  calm: EditDocument
  onOpen: (chunkId: string | undefined) => void
  onAdd: (where: Where, chunkId: string) => void
}

/** Views in which several chunks are selected. */
const takesMany: readonly ViewId[] = ['board', 'table']
const noTypes: ReadonlyMap<string, readonly FieldSpec[]> = new Map()

/** One of the views of a document, with what chooses and filters it, and the open chunk beside it. */
export const DocumentViews = memo(function DocumentViews(props: DocumentViewsProps) {
  const { search: address, onSearch, place, document, editing, calm, onOpen, onAdd } = props
  const { document_id: documentId, root_chunk_id: rootId } = document
  const { chunks } = editing
  const live = useLiveDocument(documentId)
  const { marks } = live
  const { data: whoami } = useQuery(whoamiQuery)
  const { data: types = noTypes } = useQuery(typesQuery(documentId))
  const savedOnes = useMemo(() => savedViews(editing.boards), [editing.boards])
  const saved = savedOnes.find(({ name }) => name === address.saved)
  const search = useMemo(() => withSaved(address, saved), [address, saved])
  const { found, excerpts } = useFound(documentId, chunks, search, { types, marks, isDone: editing.isDone })
  const beside = useMedia(hasPlaceBeside)
  const hasBoth = useMedia(hasPlaceForBoth)
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
  const { assistant: session } = address
  const close = useCallback(() => onOpen(undefined), [onOpen])
  const runs = useFollowCardRuns(documentId)
  const statuses = useStatuses(document, editing)
  useBeat(documentId, opened)

  return (
    <CardRuns value={runs}>
      <Present value={live.present}>
        <div className="relative flex min-h-0 flex-1">
          {/* What is behind the open chunk is there as it was when one comes back. */}
          <div
            className={cn('relative flex min-h-0 min-w-0 flex-1 flex-col', isCovered && 'invisible')}
            inert={isCovered}
          >
            <DocumentBar
              document={document}
              editing={calm}
              types={types}
              live={live}
              place={place}
              self={self}
              address={address}
              search={search}
              savedOnes={savedOnes}
              saved={saved}
              view={view.id}
              found={isFiltered(search) ? (found?.size ?? 0) : undefined}
              onAddress={onSearch}
              onSearch={change}
              onOpen={onOpen}
            />
            {takesMany.includes(view.id) && (
              <BulkBar document={document} editing={calm} types={types} statuses={statuses} onOpen={onOpen} />
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
                statuses={statuses}
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
              hidden={session !== undefined && beside && !hasBoth}
              className="flex animate-fade-in flex-col max-lg:absolute max-lg:inset-0 max-lg:bg-bg lg:w-[26rem] xl:has-[[data-wide]]:w-[40rem] lg:shrink-0 lg:border-l lg:bg-surface"
            >
              <ChunkPanel
                key={opened}
                chunkId={opened}
                document={document}
                editing={calm}
                statuses={statuses}
                self={self}
                alone={beside ? undefined : view.label}
                isThere={chunks.has(opened)}
                onSelect={onOpen}
                onAdd={onAdd}
                onClose={close}
              />
            </aside>
          )}
          {session !== undefined && (
            <AssistantPlace
              assistant={props.assistant}
              session={session}
              focused={props.isAsked}
              isBeside={beside}
              document={document}
              chunks={calm.chunks}
              opened={opened}
              view={view.label}
              search={search}
              onSearch={onSearch}
            />
          )}
        </div>
        <RevertRunDialog documentId={documentId} />
        <AskDialog documentId={documentId} editing={editing} opened={opened} />
        <SendDialog document={document} editing={editing} onOpen={onOpen} />
      </Present>
    </CardRuns>
  )
})

const question = onDemand(() => import('./query/query-panel.tsx').then((m) => m.QueryPanel))

function Question(props: Omit<ComponentProps<typeof QueryPanel>, 'key'>) {
  const Component = useOnDemand(question, true)
  return Component ? <Component {...props} /> : <LinesLoading label="Loading the question" />
}

const Shown = memo(function Shown({ view, ...props }: ViewProps & { view: View }) {
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
})
