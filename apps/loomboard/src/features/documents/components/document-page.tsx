import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useMemo } from 'react'
import { foundChunksQuery } from '../../../components/documents/queries.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { setPageTitle } from '../../../lib/page-title.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { useMedia } from '../../../lib/use-media.ts'
import { type DocumentSearch, findChunks, isFiltered } from '../model/filter.ts'
import { type Snapshot, snapshotQuery } from '../queries.ts'
import { useLiveDocument } from '../use-live-document.ts'
import { ChunkPanel } from './chunk-panel.tsx'
import { DocumentSummary } from './document-summary.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { News } from './news.tsx'
import { OutlineView } from './outline-view.tsx'

export interface DocumentPageProps {
  documentId: string
  search: DocumentSearch
  /** Something in the address changes; `replace` for what is not a step of its own. */
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
  /** Where the document is in the tree. */
  place?: ReactNode
}

const mostFound = 100

/** A document: its chunks as an outline, and one of them beside it. */
export function DocumentPage(props: DocumentPageProps) {
  const { documentId, place } = props
  const { data, error, refetch } = useQuery(snapshotQuery(documentId))
  const title = data?.document.title ?? 'Document'
  useEffect(() => setPageTitle(title), [title])
  return (
    <>
      <PageHeader title={title}>{data && <DownloadMenu document={data.document} />}</PageHeader>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {data ? (
          <Loaded {...props} snapshot={data} />
        ) : (
          <>
            {place}
            {error ? (
              <ErrorState title="This document could not be opened" error={error} onRetry={() => void refetch()} />
            ) : (
              <LinesLoading label="Loading the document" />
            )}
          </>
        )}
      </main>
    </>
  )
}

function Loaded({ documentId, search, onSearch, place, snapshot }: DocumentPageProps & { snapshot: Snapshot }) {
  const { document, chunks } = snapshot
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
  const open = useCallback((chunk: string | undefined) => onSearch({ chunk }, false), [onSearch])
  const self = whoami?.subject

  const panel = search.chunk !== undefined && (
    <ChunkPanel
      key={search.chunk}
      chunkId={search.chunk}
      document={document}
      chunks={chunks}
      self={self}
      alone={!beside}
      onSelect={open}
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
          chunks={chunks}
          found={found}
          excerpts={excerpts}
          marks={marks}
          selected={search.chunk}
          self={self}
          onSelect={open}
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
