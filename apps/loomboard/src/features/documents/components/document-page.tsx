import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { useOnDemand } from '../../../lib/on-demand.ts'
import { useHandlers } from '../../../lib/use-handlers.ts'
import { lastSession } from '../assistant/last-session.ts'
import { sharesPlace } from '../assistant/room.ts'
import type { AssistantSlot } from '../assistant/slot.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import { type Snapshot, snapshotQuery } from '../queries.ts'
import { type EditDocument, useEditDocument } from '../use-edit-document.ts'
import type { Where } from '../views/view.ts'
import { whichView } from '../views/which-view.ts'
import { isNoSuchDocument } from '../writing/chunk-writer.ts'
import { type Place, placeBelow, placeInside } from '../writing/place.ts'
import { DocumentActions } from './document-actions.tsx'
import { DocumentViews } from './document-views.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { focusChunk, focused, focusView, focusViewIfLost } from './focus.ts'
import { NewChunkDialog } from './new-chunk-dialog.tsx'
import { UndecidedWords } from './undecided-words.tsx'

export interface DocumentPageProps {
  documentId: string
  search: DocumentSearch
  /** Something in the address changes; `replace` for what is not a step of its own. */
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
  /** Where the document is in the tree. */
  place?: ReactNode
  assistant: AssistantSlot
}

/** A document: its chunks as an outline, and one of them beside it. */
export function DocumentPage(props: DocumentPageProps) {
  const { documentId, search, place } = props
  const { data, error, refetch } = useQuery(snapshotQuery(documentId))
  // The code comes with the document, not after it.
  useOnDemand(whichView({ view: search.view ?? 'board' }, [], '').part, true)
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
  const { documentId, search, onSearch, place, assistant, snapshot, isGone } = props
  const { document } = snapshot
  const written = useEditDocument(documentId, document.root_chunk_id, snapshot.chunks)
  const [adding, setAdding] = useState<{ to: Place; words: string }>()
  const opener = useRef<Element>(null)
  const { card, assistant: session } = search
  const [asked, setAsked] = useState(false)
  const open = useCallback(
    (card: string | undefined) =>
      onSearch(card !== undefined && sharesPlace() ? { card, assistant: undefined } : { card }, false),
    [onSearch],
  )
  const { remove, add, toggleAssistant } = useHandlers({
    /** Nothing is left open of what goes. */
    remove(id: string) {
      written.remove(id)
      if (card === undefined || !isWithin(written.chunks, card, id)) return
      open(undefined)
      focusView()
    },
    add(where: Where, id: string) {
      const { chunks } = written
      const to = where === 'below' ? placeBelow(chunks, id) : placeInside(chunks, id)
      opener.current = focused()
      setAdding({ to, words: `It will be ${where} “${chunks.get(id)?.title ?? ''}”.` })
    },
    toggleAssistant() {
      const panel = window.document.querySelector('section[aria-label="Assistant"]')
      if (session === undefined) {
        setAsked(true)
        onSearch({ assistant: lastSession(documentId) }, false)
      } else if (panel && !panel.contains(window.document.activeElement)) panel.querySelector('textarea')?.focus()
      else {
        onSearch({ assistant: undefined }, false)
        focusViewIfLost()
      }
    },
  })
  const editing = useMemo(() => ({ ...written, remove }), [written, remove])
  // What others change a whole row of times a second is not worth holding up a key for.
  const calm = useDeferredValue(editing)
  return (
    <>
      <DocumentHeader
        document={document}
        editing={calm}
        search={search}
        onAssistant={toggleAssistant}
        onOpen={open}
        onAdd={add}
      />
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {isGone && (
          <p role="alert" className="mx-4 mt-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            This document has been deleted. What you see is what this page knew of it.
          </p>
        )}
        <DocumentViews
          document={document}
          search={search}
          onSearch={onSearch}
          place={place}
          assistant={assistant}
          isAsked={asked}
          editing={editing}
          calm={calm}
          onOpen={open}
          onAdd={add}
        />
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

interface DocumentHeaderProps {
  document: Snapshot['document']
  editing: EditDocument
  search: DocumentSearch
  onAssistant: () => void
  onOpen: (card: string) => void
  onAdd: (where: Where, id: string) => void
}

const DocumentHeader = memo(function DocumentHeader(props: DocumentHeaderProps) {
  const { document, editing, search, onAssistant, onOpen, onAdd } = props
  const { card } = search
  const rootId = document.root_chunk_id
  return (
    <PageHeader title={document.title}>
      <DocumentActions
        editing={editing}
        opened={card}
        isAssisted={search.assistant !== undefined}
        onAssistant={onAssistant}
        onOpen={onOpen}
        onAdd={() =>
          card && card !== rootId && editing.chunks.has(card) ? onAdd('below', card) : onAdd('inside', rootId)
        }
      />
      <DownloadMenu document={document} editing={editing} search={search} />
    </PageHeader>
  )
})

function isWithin(chunks: EditDocument['chunks'], id: string, above: string): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = id; at && !seen.has(at); at = chunks.get(at)?.parent_id) {
    if (at === above) return true
    seen.add(at)
  }
  return false
}
