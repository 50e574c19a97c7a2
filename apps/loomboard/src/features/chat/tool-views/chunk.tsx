import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { useFirst } from '../../../components/first-of.tsx'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { clip } from '../../../lib/format.ts'
import type { ToolPart } from '../model/types.ts'
import { Facts, JsonValue, parseJson } from './facts.tsx'

interface ChunkLike {
  title: string
  revision: number
  id?: string
  document_id?: string
  type?: string
  status?: string
  body?: string
  fields?: Record<string, unknown>
  tags?: string[]
}

export function isChunk(result: unknown): result is ChunkLike {
  const { title, revision } = (result ?? {}) as Partial<ChunkLike>
  return typeof title === 'string' && typeof revision === 'number'
}

const shownChars = 600

/** A card of a document, as it is on its board. */
export function ChunkView({ part }: { part: ToolPart }) {
  const chunk = parseJson(part.result)
  return isChunk(chunk) ? <Card chunk={chunk} /> : null
}

const mostTags = 50

function Card({ chunk }: { chunk: ChunkLike }) {
  const tags = useFirst(chunk.tags ?? [], mostTags)
  const fields = Object.entries(chunk.fields ?? {})
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-raised px-3.5 py-3 shadow-card">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <Title {...chunk} />
        </p>
        {chunk.status && <Badge tone="accent">{chunk.status}</Badge>}
        {chunk.type && <span className="text-faint text-xs">{chunk.type}</span>}
      </div>
      {chunk.body && <Markdown text={clip(chunk.body, shownChars)} className="text-muted text-sm" />}
      {fields.length > 0 && (
        <Facts facts={fields.map(([name, value]) => [name, <JsonValue key={name} value={value} />])} />
      )}
      {tags.first.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {tags.first.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          {tags.more}
        </div>
      )}
    </div>
  )
}

function Title({ title, id, document_id }: ChunkLike) {
  const words = title || 'Untitled'
  if (typeof id !== 'string' || typeof document_id !== 'string') return words
  return (
    <DocumentLink to={{ id: document_id, chunk: id }} className="text-accent-text underline-offset-2 hover:underline">
      {words}
    </DocumentLink>
  )
}
