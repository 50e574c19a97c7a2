import { useQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DocumentAddress } from '../../../components/documents/address.ts'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { revisionQuery } from '../../../components/documents/queries.ts'
import { useFirst } from '../../../components/first-of.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { toJson } from '../../../lib/json-text.ts'
import type { ToolPart } from '../model/types.ts'
import { Answer } from './answer.tsx'
import { ChunkView, isChunk } from './chunk.tsx'
import { parseJson } from './facts.tsx'

type Members = Record<string, unknown>
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** What was done to documents, with the way to them; what was found as a list. */
export function DocumentView({ part }: { part: ToolPart }) {
  const input = (part.input ?? {}) as Members
  const result = parseJson(part.result)
  if (!result || typeof result !== 'object') return <Answer part={part} />
  const found = result as Members
  if (input.op === 'get_chunk' && isChunk(found)) return <ChunkView part={part} />
  const list = [found.chunks, found.documents, found.related].find(Array.isArray)
  if (list) return <Things things={list as Members[]} />
  const thing = thingOf(found, input)
  if (!thing) return <Answer part={part} />
  const revision = typeof found.revision === 'number' ? found.revision : undefined
  return (
    <div className="rounded-lg border bg-surface px-3 py-2 text-sm">
      <Thing {...thing} />
      {thing.address.chunk && revision !== undefined && revision > 1 && (
        <Change chunkId={thing.address.chunk} revision={revision} />
      )}
    </div>
  )
}

interface Titled {
  address: DocumentAddress
  title: string
  status?: string | undefined
  note?: string | undefined
}

/** A chunk, or else a document, as results of many ops name it. */
function thingOf(found: Members, input: Members = {}): Titled | undefined {
  const chunk = text(found.chunk_id) ?? text(found.id)
  const id = text(found.document_id) ?? (chunk ? text(input.document_id) : undefined)
  const title = text(found.title) ?? text(input.title)
  if (!id || !title) return undefined
  const path = text(found.path) ?? (Array.isArray(found.paths) ? text(found.paths[0]) : undefined)
  const address = chunk ? { id, chunk } : path ? { path } : { id }
  return { address, title, status: text(found.status), note: text(found.excerpt) ?? path }
}

function Thing({ address, title, status, note }: Titled) {
  return (
    <p className="flex min-w-0 items-center gap-2">
      <FileText aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <DocumentLink to={address} className="min-w-0 truncate text-accent-text underline-offset-2 hover:underline">
        {title}
      </DocumentLink>
      {status && <Badge>{status}</Badge>}
      {note && <span className="min-w-0 flex-1 truncate text-faint text-xs">{note}</span>}
    </p>
  )
}

const shown = 50

function Things({ things }: { things: Members[] }) {
  const known = things.flatMap((thing) => thingOf(thing) ?? [])
  if (known.length === 0) return <p className="text-faint text-sm">Nothing was found.</p>
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {known.slice(0, shown).map((thing, i) => (
        <li key={i}>
          <Thing {...thing} />
        </li>
      ))}
      {known.length > shown && <li className="text-faint text-xs">and {known.length - shown} more</li>}
    </ul>
  )
}

/** What the call changed: the log of the document knows both sides. */
function Change({ chunkId, revision }: { chunkId: string; revision: number }): ReactNode {
  const { data } = useQuery(revisionQuery(chunkId, revision))
  const changes = useFirst(Object.entries(data?.changes ?? {}), shown)
  if (!data) return null
  const lines = data.diff.split('\n')
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
  return (
    <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-muted text-xs">
      {changes.first.map(([name, { from, to }]) => (
        <li key={name}>
          {name} <del>{say(from)}</del> → <span className="text-text">{say(to)}</span>
        </li>
      ))}
      {changes.more && <li>{changes.more}</li>}
      {data.diff !== '' && (
        <li>
          text <span className="text-accent-text">+{count('+')}</span>{' '}
          <span className="text-danger">−{count('-')}</span> lines
        </li>
      )}
    </ul>
  )
}

function say(value: unknown): string {
  if (value === '' || value === null || value === undefined) return 'nothing'
  return typeof value === 'string' ? value : toJson(value)
}
