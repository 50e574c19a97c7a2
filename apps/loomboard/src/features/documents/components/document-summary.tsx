import { plural } from '../../../lib/format.ts'
import { countBy, type OutlineChunk } from '../model/outline.ts'

/** What a document is made of. */
export function DocumentSummary({ chunks }: { chunks: ReadonlyMap<string, OutlineChunk> }) {
  const types = countBy(chunks, ({ type }) => (type ? [type] : []))
  const statuses = countBy(chunks, ({ status }) => (status ? [status] : []))
  const words = [
    plural(chunks.size, 'chunk'),
    ...types.slice(0, 4).map(({ value, count }) => `${count} × ${value}`),
    ...statuses.slice(0, 6).map(({ value, count }) => `${count} ${value}`),
  ]
  return <p className="min-w-0 flex-1 truncate text-muted text-xs max-md:sr-only md:text-right">{words.join(' · ')}</p>
}
