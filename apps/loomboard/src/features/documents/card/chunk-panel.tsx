import type { Chunk, wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, Check, Copy, X } from 'lucide-react'
import { memo, type Ref, useEffect, useMemo, useRef } from 'react'
import { reference } from '../../../components/documents/address.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { client } from '../../../lib/client.ts'
import { isComposing } from '../../../lib/composing.ts'
import { formatRelative } from '../../../lib/format.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { useNow } from '../../../lib/use-now.ts'
import { actorName } from '../model/changes.ts'
import type { FieldSpec } from '../model/field-chips.ts'
import { linkTitles } from '../model/link-titles.ts'
import { ancestorsOf, countBy, type OutlineChunk } from '../model/outline.ts'
import { OthersHere } from '../presence/others-here.tsx'
import { chunkQuery, edgesQuery, typesQuery } from '../queries.ts'
import { AtWork } from '../runs/at-work.tsx'
import { CardRunList } from '../runs/card-run-list.tsx'
import { Comments } from '../talk/comments.tsx'
import type { Statuses } from '../teams/statuses.ts'
import { TeamRunPanel } from '../teams/team-run-panel.tsx'
import { useEditChunk } from '../use-edit-chunk.ts'
import type { EditDocument } from '../use-edit-document.ts'
import type { Where } from '../views/view.ts'
import { isNoSuchChunk } from '../writing/chunk-writer.ts'
import { writerOf } from '../writing/writers.ts'
import { ChunkBody } from './chunk-body.tsx'
import { ChunkFields } from './chunk-fields.tsx'
import { ChunkHistory } from './chunk-history.tsx'
import { ChunkLinks } from './chunk-links.tsx'
import { ChunkMenu } from './chunk-menu.tsx'
import { ChunkStatus } from './chunk-status.tsx'
import { ChunkTags } from './chunk-tags.tsx'
import { ChunkTitle } from './chunk-title.tsx'
import { KeptWords } from './kept-words.tsx'
import { SaveProblem } from './save-problem.tsx'
import { SaveState } from './save-state.tsx'

export interface ChunkPanelProps {
  chunkId: string
  document: wire.GetDocumentOutput
  editing: EditDocument
  statuses: Statuses
  self: string | undefined
  /** It has the page for itself; what it goes back to. */
  alone: string | undefined
  onSelect: (chunkId: string) => void
  /** It is still in the document. */
  isThere: boolean
  onAdd: (where: Where, id: string) => void
  onClose: () => void
}

/** Everything about one chunk: what it says, what it is, where it leads, and what has become of it. */
export const ChunkPanel = memo(function ChunkPanel(props: ChunkPanelProps) {
  const { chunkId, alone, onClose, editing } = props
  const { data: chunk, error, refetch } = useQuery(chunkQuery(chunkId))
  const writer = writerOf(props.document.document_id).chunk(chunkId)
  const left = useStore(writer.state)
  const isDeleted = chunk === undefined && isNoSuchChunk(error, chunkId)
  useEffect(() => {
    if (isDeleted) writer.orphan()
  }, [isDeleted, writer])
  const kept = left?.problem?.kind === 'gone' && (
    <KeptWords
      edit={left}
      onDiscard={() => writer.discard()}
      putBack={{ rootId: props.document.root_chunk_id, editing, onMade: ({ id }) => props.onSelect(id) }}
    />
  )
  const heading = useRef<HTMLHeadingElement>(null)
  const isHere = chunk !== undefined
  useEffect(() => {
    if (alone !== undefined && isHere) heading.current?.focus()
  }, [alone, isHere])
  // What it was opened from keeps the focus.
  useShortcut('Escape', onClose)

  return (
    <section
      aria-label="Chunk"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event.nativeEvent)) return
        event.preventDefault()
        onClose()
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-b px-2">
        {alone !== undefined && (
          <Button size="sm" variant="ghost" onClick={onClose}>
            <ArrowLeft aria-hidden="true" />
            {alone}
          </Button>
        )}
        <span className="min-w-0 flex-1 truncate px-1 text-faint text-xs">
          {ancestorsOf(editing.chunks, chunkId)
            .map(({ title }) => title)
            .join(' › ')}
        </span>
        <OthersHere cardId={chunkId} self={props.self} />
        {chunk && <Saved key={chunk.id} chunk={chunk} />}
        {chunk && <CopyReference chunk={chunk} document={props.document} />}
        {chunk && (
          <ChunkMenu
            chunkId={chunkId}
            isRoot={chunkId === props.document.root_chunk_id}
            document={editing}
            onAdd={(where) => props.onAdd(where, chunkId)}
          />
        )}
        {alone === undefined && (
          <IconButton label="Close the chunk" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-4 py-4 -outline-offset-2">
        {chunk ? (
          <>
            {!props.isThere && (
              <p role="status" className="mb-3 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
                This chunk is no longer in the document.
              </p>
            )}
            {kept}
            <Content {...props} chunk={chunk} heading={heading} />
          </>
        ) : isDeleted ? (
          kept || <EmptyState title="It has been deleted">This chunk is no longer in the document.</EmptyState>
        ) : error ? (
          <ErrorState title="This chunk could not be opened" error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </div>
    </section>
  )
})

function Saved({ chunk }: { chunk: Chunk }) {
  return <SaveState edit={useEditChunk(chunk).edit} />
}

const noFields: FieldSpec[] = []

type ContentProps = ChunkPanelProps & { chunk: Chunk; heading: Ref<HTMLHeadingElement> }

function Content({ chunk: known, heading, document, editing, statuses, self, onSelect }: ContentProps) {
  const edit = useEditChunk(known)
  const { chunk } = edit
  const { data: types } = useQuery(typesQuery(document.document_id))
  const { data: edges = [] } = useQuery(edgesQuery(chunk.id))
  const now = useNow(30_000)
  const tags = useMemo(() => valuesOf(editing.chunks, ({ tags }) => tags ?? []), [editing.chunks])
  const children = useMemo(() => childrenOf(editing.chunks, chunk.id), [editing.chunks, chunk.id])
  return (
    <>
      <SaveProblem edit={edit} self={self} />
      <ChunkTitle edit={edit} heading={heading} />
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <ChunkStatus edit={edit} statuses={statuses} />
        {chunk.type && <Badge>{chunk.type}</Badge>}
        <ChunkTags edit={edit} known={tags} />
      </div>
      <TeamRunPanel documentId={document.document_id} cardId={chunk.id} />
      <AtWork documentId={document.document_id} cardId={chunk.id} />
      <ChunkFields edit={edit} specs={types?.get(chunk.type ?? '') ?? noFields} isDone={editing.isDone} now={now} />
      {chunk.asset && (
        <img
          src={client.documentAssetUrl(chunk.id)}
          alt={chunk.asset.filename ?? chunk.title}
          className="mt-3 max-h-96 max-w-full rounded-lg border"
        />
      )}
      <ChunkBody
        edit={edit}
        known={known}
        self={self}
        document={document}
        editing={editing}
        preview={(text) => <Markdown text={linkTitles(text, edges, chunk.id, document)} />}
      >
        {chunk.body.trim() === '' ? (
          <p className="text-faint text-sm">No text yet.</p>
        ) : (
          <Markdown text={linkTitles(chunk.body, edges, chunk.id, document)} />
        )}
      </ChunkBody>
      <p className="mt-3 text-faint text-xs" title={new Date(chunk.updated_at).toLocaleString()}>
        Changed by {actorName(chunk.updated_by, self)}, {formatRelative(Date.parse(chunk.updated_at), now)}
      </p>
      <Comments
        key={`${chunk.id} comments`}
        documentId={document.document_id}
        cardId={chunk.id}
        editing={editing}
        self={self}
      />
      <ChunkLinks
        chunkId={chunk.id}
        edges={edges}
        inside={children}
        chunks={editing.chunks}
        isDone={editing.isDone}
        documentId={document.document_id}
        onSelect={onSelect}
      />
      <CardRunList documentId={document.document_id} cardId={chunk.id} />
      <ChunkHistory key={chunk.id} chunkId={chunk.id} self={self} now={now} />
    </>
  )
}

function childrenOf(chunks: ReadonlyMap<string, OutlineChunk>, id: string): OutlineChunk[] {
  return [...chunks.values()].filter(({ parent_id }) => parent_id === id).sort((a, b) => a.position - b.position)
}

function valuesOf(chunks: ReadonlyMap<string, OutlineChunk>, of: (chunk: OutlineChunk) => readonly string[]): string[] {
  return countBy(chunks, of).map(({ value }) => value)
}

/** For a message to an agent, or to anybody with this app. */
function CopyReference({ chunk, document }: { chunk: Chunk; document: wire.GetDocumentOutput }) {
  const { document_id: id, title, paths } = document
  const { copied, copy } = useCopy(reference({ id, title, path: paths[0] }, chunk))
  return (
    <IconButton label={copied ? 'Copied' : 'Copy a reference for a message'} size="sm" onClick={copy}>
      {copied ? <Check className="text-accent-text" /> : <Copy />}
    </IconButton>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the chunk" className="flex flex-col gap-3">
      {[60, 100, 92, 70].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-4" />
        </div>
      ))}
    </div>
  )
}
