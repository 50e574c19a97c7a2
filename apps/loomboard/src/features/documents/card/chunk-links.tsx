import type { wire } from '@loomcycle/client'
import type { ReactNode } from 'react'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { useFirst } from '../../../components/first-of.tsx'
import { Status } from '../components/status.tsx'
import { type IsDone, saysDone } from '../model/done.ts'
import type { OutlineChunk } from '../model/outline.ts'

export interface ChunkLinksProps {
  chunkId: string
  documentId: string
  edges: readonly wire.ChunkEdge[]
  inside: readonly OutlineChunk[]
  chunks: ReadonlyMap<string, OutlineChunk>
  isDone: IsDone
  onSelect: (chunkId: string) => void
}

/** What is under a chunk, where it leads, and what leads to it. */
export function ChunkLinks({ chunkId, documentId, edges, inside, chunks, isDone, onSelect }: ChunkLinksProps) {
  const out = edges.filter(({ from_id }) => from_id === chunkId)
  const back = edges.filter(({ to_id, from_id }) => to_id === chunkId && from_id !== chunkId)
  // Of another document nothing is known but the word.
  const isDoneAt = (id: string, status: string) => {
    const chunk = chunks.get(id)
    return chunk ? isDone(chunk) : saysDone(status)
  }
  const item = (id: string, document: string | undefined, title: string, status?: string, kind?: string) => (
    <li key={`${kind} ${id}`} className="flex min-w-0 items-baseline gap-2 py-0.5 text-sm">
      {kind && <span className="shrink-0 text-faint text-xs">{kind.replaceAll('_', ' ')}</span>}
      {document === undefined || document === documentId ? (
        <button type="button" onClick={() => onSelect(id)} className={linkStyle}>
          {title || 'Untitled'}
        </button>
      ) : (
        <DocumentLink to={{ id: document, chunk: id }} className={linkStyle}>
          {title || 'Untitled'}
        </DocumentLink>
      )}
      {status && <Status status={status} isDone={isDoneAt(id, status)} className="self-center" />}
    </li>
  )
  return (
    <>
      <List title="Inside" of={chunkId} all={inside}>
        {({ id, title, status }) => item(id, undefined, title, status)}
      </List>
      <List title="Leads to" of={chunkId} all={out}>
        {(edge) => item(edge.to_id, edge.to_document_id, edge.to_title ?? '', edge.to_status, edge.kind)}
      </List>
      <List title="Linked from" of={chunkId} all={back}>
        {(edge) => item(edge.from_id, edge.from_document_id, edge.from_title ?? '', edge.from_status, edge.kind)}
      </List>
    </>
  )
}

const linkStyle = 'min-w-0 truncate text-left text-accent-text underline-offset-2 hover:underline coarse:py-2'
const shown = 200

function List<T>(props: { title: string; of: string; all: readonly T[]; children: (one: T) => ReactNode }) {
  const { title, of, all, children } = props
  const { first, more } = useFirst(all, shown, of)
  if (all.length === 0) return null
  return (
    <section className="mt-5">
      <h3 className="mb-1 font-medium text-faint text-xs">{title}</h3>
      <ul>{first.map(children)}</ul>
      {more}
    </section>
  )
}
