import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import type { DocumentSearch } from '../model/filter.ts'
import { type Snapshot, snapshotQuery } from '../queries.ts'
import { type EditDocument, useEditDocument } from '../use-edit-document.ts'
import type { Where } from '../views/view.ts'
import { isNoSuchDocument } from '../writing/chunk-writer.ts'
import { type Place, placeBelow, placeInside } from '../writing/place.ts'
import { DocumentActions } from './document-actions.tsx'
import { DocumentViews } from './document-views.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { focusChunk, focused, focusView } from './focus.ts'
import { NewChunkDialog } from './new-chunk-dialog.tsx'
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
  const open = useCallback((card: string | undefined) => onSearch({ card }, false), [onSearch])
  const { card } = search
  const editing = useMemo(
    () => ({
      ...written,
      /** Nothing is left open of what goes. */
      remove(id: string) {
        written.remove(id)
        if (card === undefined || !isWithin(written.chunks, card, id)) return
        open(undefined)
        focusView()
      },
    }),
    [written, card, open],
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
          document={document}
          opened={card}
          onOpen={open}
          onAdd={() =>
            card && card !== rootId && editing.chunks.has(card) ? add('below', card) : add('inside', rootId)
          }
        />
        <DownloadMenu document={document} editing={editing} search={props.search} />
      </PageHeader>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {isGone && (
          <p role="alert" className="mx-4 mt-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            This document has been deleted. What you see is what this page knew of it.
          </p>
        )}
        <DocumentViews {...props} editing={editing} onOpen={open} onAdd={add} />
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

function isWithin(chunks: EditDocument['chunks'], id: string, above: string): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = id; at && !seen.has(at); at = chunks.get(at)?.parent_id) {
    if (at === above) return true
    seen.add(at)
  }
  return false
}
