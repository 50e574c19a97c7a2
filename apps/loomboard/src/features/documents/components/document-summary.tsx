import { Button } from '../../../components/ui/button.tsx'
import { plural } from '../../../lib/format.ts'
import { actorName, type Mark } from '../model/changes.ts'
import { countBy, type OutlineChunk } from '../model/outline.ts'

export interface DocumentSummaryProps {
  chunks: ReadonlyMap<string, OutlineChunk>
  marks: ReadonlyMap<string, Mark>
  self: string | undefined
  /** Only what has changed is shown. */
  showsChanged: boolean
  onShowChanged: () => void
}

/** What a document is made of, and what has happened to it since one looked last. */
export function DocumentSummary({ chunks, marks, self, showsChanged, onShowChanged }: DocumentSummaryProps) {
  const types = countBy(chunks, ({ type }) => (type ? [type] : []))
  const statuses = countBy(chunks, ({ status }) => (status ? [status] : []))
  const changed = [...marks].filter(([id]) => chunks.has(id))
  const names = [...new Set(changed.map(([, { actor }]) => actorName(actor, self)))]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
      <span>
        {[plural(chunks.size, 'chunk'), ...types.slice(0, 4).map(({ value, count }) => `${count} × ${value}`)].join(
          ' · ',
        )}
      </span>
      {statuses.length > 0 && (
        <span>
          {statuses
            .slice(0, 6)
            .map(({ value, count }) => `${count} ${value}`)
            .join(' · ')}
        </span>
      )}
      {changed.length > 0 && !showsChanged && (
        <Button size="sm" variant="ghost" className="-my-1 text-accent-text" onClick={onShowChanged}>
          {plural(changed.length, 'change')} since you looked, by {names.slice(0, 2).join(', ')}
          {names.length > 2 ? ` and ${names.length - 2} more` : ''}
        </Button>
      )}
    </div>
  )
}
