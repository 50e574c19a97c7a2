import type { wire } from '@loomcycle/client'
import { TriangleAlert } from 'lucide-react'
import { plural } from '../../lib/format.ts'

/** In a list: that something is missing, and what. */
export function LackMark({ lacks }: { lacks: readonly wire.Lack[] | undefined }) {
  if (!lacks?.length) return null
  const [first] = lacks
  return (
    <span className="flex max-w-full items-center gap-1 text-warn text-xs">
      <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="min-w-0 truncate">
        {lacks.length === 1 ? first!.why : `${plural(lacks.length, 'thing')} missing: ${first!.why}`}
      </span>
    </span>
  )
}

/** On a page: everything that is missing, and what to do about it. */
export function Lacks({ lacks }: { lacks: readonly wire.Lack[] | undefined }) {
  if (!lacks?.length) return null
  return (
    <section aria-label="What it lacks" className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3">
      <h2 className="flex items-center gap-1.5 font-medium text-sm text-warn">
        <TriangleAlert aria-hidden="true" className="size-4" />
        {lacks.length === 1 ? 'Something is missing' : `${lacks.length} things are missing`}
      </h2>
      <ul className="mt-1 flex flex-col gap-0.5 text-sm">
        {lacks.map(({ kind, name, why }) => (
          <li key={`${kind} ${name}`} className="[overflow-wrap:anywhere]">
            {why}
          </li>
        ))}
      </ul>
    </section>
  )
}
