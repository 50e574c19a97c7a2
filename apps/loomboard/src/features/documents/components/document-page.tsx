import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { foundChunksQuery } from '../../../components/documents/queries.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { type DocumentSearch, findChunks, isFiltered } from '../model/filter.ts'
import { type Snapshot, snapshotQuery } from '../queries.ts'
import { type EditDocument, useEditDocument } from '../use-edit-document.ts'
import { useLiveDocument } from '../use-live-document.ts'
import { isNoSuchDocument } from '../writing/chunk-writer.ts'
import { type Place, placeBelow, placeInside } from '../writing/place.ts'
import { ChunkPanel } from './chunk-panel.tsx'
import { DocumentSummary } from './document-summary.tsx'
import { DownloadMenu } from './download-menu.tsx'
import type { Where } from './editing/chunk-menu.tsx'
import { DocumentActions } from './editing/document-actions.tsx'
import { focusChunk, focused, focusOutline } from './editing/focus.ts'
import { NewChunkDialog } from './editing/new-chunk-dialog.tsx'
import { FilterBar } from './filter-bar.tsx'
import { News } from './news.tsx'
import { OutlineView } from './outline-view.tsx'
import { UndecidedWords } from './undecided-words.tsx'

export interface DocumentPageProps {
  documentId: string
  search: DocumentSearch
  /** Something in the address changes; `replace` for what is not a step of its own. */
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
  /** Where the document is in the tree. */
  place?: ReactNode
}

/** A document: its chunks as an outline, and one of them beside it. */
export function DocumentPage(props: DocumentPageProps) {
  const { documentId, place } = props
  const { data, error, refetch } = useQuery(snapshotQuery(documentId))
  const title = data?.document.title ?? 'Document'
  useEffect(() => setPageTitle(title), [title])
  if (data) return <Loaded {...props} snapshot={data} isGone={isNoSuchDocument(error, documentId)} />
  return (
    <>
      <PageHeader title={title} />
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {place}
        <UndecidedWords />
        {error ? (
          <ErrorState title="This document could not be opened" error={error} onRetry={() => void refetch()} />
        ) : (
          <LinesLoading label="Loading the document" />
        )}
      </main>
    </>
  )
}

type LoadedProps = DocumentPageProps & { snapshot: Snapshot; isGone: boolean }

function Loaded(props: LoadedProps) {
  const { documentId, search, onSearch, snapshot, isGone } = props
  const { document } = snapshot
  const rootId = document.root_chunk_id
  const written = useEditDocument(documentId, rootId, snapshot.chunks)
  const [adding, setAdding] = useState<{ to: Place; words: string }>()
  const opener = useRef<Element>(null)
  const open = useCallback((chunk: string | undefined) => onSearch({ chunk }, false), [onSearch])
  const { chunk } = search
  const editing = useMemo(
    () => ({
      ...written,
      /** Nothing is left open of what goes. */
      remove(id: string) {
        written.remove(id)
        if (chunk === undefined || !isWithin(written.chunks, chunk, id)) return
        open(undefined)
        focusOutline()
      },
    }),
    [written, chunk, open],
  )

  function add(where: Where, id: string): void {
    const { chunks } = editing
    const to = where === 'below' ? placeBelow(chunks, id) : placeInside(chunks, id)
    opener.current = focused()
    setAdding({ to, words: `It will be ${where} “${chunks.get(id)?.title ?? ''}”.` })
  }
  return (
    <>
      <PageHeader title={document.title}>
        <DocumentActions
          editing={editing}
          opened={chunk}
          onOpen={open}
          onAdd={() =>
            chunk && chunk !== rootId && editing.chunks.has(chunk) ? add('below', chunk) : add('inside', rootId)
          }
        />
        <DownloadMenu document={document} />
      </PageHeader>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {isGone && (
          <p role="alert" className="mx-4 mt-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            This document has been deleted. What you see is what this page knew of it.
          </p>
        )}
        <Views {...props} editing={editing} open={open} onAdd={add} />
      </main>
      {adding && (
        <NewChunkDialog
          documentId={documentId}
          place={adding.words}
          onCreate={(title) => editing.create({ title, to: adding.to })}
          onClose={(made) => {
            setAdding(undefined)
            if (!made) return
            opener.current = null
            open(made.id)
          }}
          onClosed={() => {
            if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
            else focusChunk()
          }}
        />
      )}
    </>
  )
}

type ViewsProps = LoadedProps & {
  editing: EditDocument
  open: (chunk: string | undefined) => void
  onAdd: (where: Where, id: string) => void
}

const mostFound = 100

function Views({ documentId, search, onSearch, place, snapshot, editing, open, onAdd }: ViewsProps) {
  const { document } = snapshot
  const { chunks } = editing
  const { marks, news } = useLiveDocument(documentId)
  const { data: whoami } = useQuery(whoamiQuery)
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
  const beside = useMedia('(min-width: 1100px)')
  const change = useCallback((changed: Partial<DocumentSearch>) => onSearch(changed, true), [onSearch])
  const self = whoami?.subject
  const { chunk: opened } = search

  const panel = opened !== undefined && (
    <ChunkPanel
      key={opened}
      chunkId={opened}
      document={document}
      editing={editing}
      self={self}
      alone={!beside}
      onSelect={open}
      onAdd={(where) => onAdd(where, opened)}
      onClose={() => open(undefined)}
    />
  )
  const told = { news, marks, chunks, self }
  if (panel && !beside) {
    return (
      <>
        {panel}
        <div className="flex shrink-0 px-4">
          <News {...told} />
        </div>
      </>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 flex-col gap-1.5 px-3 pt-1 pb-1.5 md:px-4">
          <div className="flex items-center gap-3">
            {place}
            <News {...told} {...(search.changed ? {} : { onShowChanged: () => change({ changed: true }) })} />
          </div>
          <DocumentSummary chunks={chunks} />
          <FilterBar
            chunks={chunks}
            search={search}
            onSearch={change}
            found={isFiltered(search) ? (found?.size ?? 0) : undefined}
          />
        </div>
        <OutlineView
          key={documentId}
          documentId={documentId}
          rootId={document.root_chunk_id}
          editing={editing}
          found={found}
          excerpts={excerpts}
          marks={marks}
          selected={opened}
          self={self}
          onSelect={open}
          onAdd={onAdd}
          onShowAll={() =>
            change({ q: undefined, status: undefined, type: undefined, tag: undefined, changed: undefined })
          }
        />
      </div>
      {panel && (
        <aside aria-label="Open chunk" className="flex w-[26rem] shrink-0 animate-fade-in flex-col border-l bg-surface">
          {panel}
        </aside>
      )}
    </div>
  )
}

function isWithin(chunks: EditDocument['chunks'], id: string, above: string): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = id; at && !seen.has(at); at = chunks.get(at)?.parent_id) {
    if (at === above) return true
    seen.add(at)
  }
  return false
}
