import { Button } from '../../../components/ui/button.tsx'
import { plural } from '../../../lib/format.ts'
import { actorName, type Mark } from '../model/changes.ts'
import type { OutlineChunk } from '../model/outline.ts'

export interface NewsProps {
  /** What happened just now. */
  news: string
  marks: ReadonlyMap<string, Mark>
  chunks: ReadonlyMap<string, OutlineChunk>
  self: string | undefined
  /** Offered where only some of the chunks can be shown. */
  onShowChanged?: () => void
}

/** Who has done what to the document: just now, or else since one looked last. It takes the same room when it is empty. */
export function News({ news, marks, chunks, self, onShowChanged }: NewsProps) {
  const changed = [...marks].filter(([id]) => chunks.has(id))
  const names = [...new Set(changed.map(([, { actor }]) => actorName(actor, self)))]
  return (
    <div className="flex h-7 min-w-0 flex-1 items-center justify-end overflow-hidden text-accent-text text-xs coarse:h-9">
      <p role="status" className="truncate">
        {news}
      </p>
      {!news && changed.length > 0 && onShowChanged && (
        <Button size="sm" variant="ghost" className="min-w-0 shrink text-accent-text text-xs" onClick={onShowChanged}>
          <span className="truncate">
            {plural(changed.length, 'change')} by {names.slice(0, 2).join(', ')}
            {names.length > 2 ? ` and ${names.length - 2} more` : ''}
          </span>
        </Button>
      )}
    </div>
  )
}
