import type { wire } from '@loomcycle/client'
import { useFirst } from '../../../components/first-of.tsx'
import { LineDiff } from '../../../components/line-diff.tsx'
import { inWords } from '../../../lib/json-text.ts'

const mostChanges = 50

/** What became of a chunk between two revisions: its fields before and after, and the lines of its text. */
export function Difference({ changes: all, diff }: Pick<wire.DiffChunkOutput, 'changes' | 'diff'>) {
  const changes = Object.entries(all)
  const { first, more } = useFirst(changes, mostChanges)
  return (
    <div className="flex flex-col gap-2">
      {changes.length > 0 && (
        <dl className="grid grid-cols-[max-content_1fr] gap-x-3 gap-y-1 text-sm">
          {first.map(([name, { from, to }]) => (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">
                <del className="text-muted">{sayValue(from)}</del> → {sayValue(to)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {more}
      {diff && <LineDiff diff={diff} />}
      {!diff && changes.length === 0 && <p className="text-faint text-sm">Nothing that shows.</p>}
    </div>
  )
}

export function sayValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return inWords(value) || 'nothing'
  const members = Object.entries(value).map(([name, member]) => `${name} ${inWords(member)}`)
  return members.join(', ') || 'nothing'
}
