import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { Unserved } from './model/unserved.ts'
import { useInWords, useKey } from './model/words.ts'

/** What is named and nobody serves, with what to do about it. */
export function UnservedList({ of }: { of: readonly Unserved[] }) {
  if (of.length === 0) return null
  return (
    <section aria-label="Nothing serves these" className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3">
      <h2 className="flex items-center gap-1.5 font-medium text-sm text-warn">
        <TriangleAlert aria-hidden="true" className="size-4" />
        Nothing serves {of.length === 1 ? 'this' : 'these'}
      </h2>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {of.map(({ use, why }) => (
          <li key={useKey(use)} className="[overflow-wrap:anywhere]">
            <strong className="font-medium">
              {use.kind === 'agent' ? (
                <Link to="/agents/$" params={{ _splat: use.name }} className="underline underline-offset-2">
                  {use.name}
                </Link>
              ) : (
                capital(useInWords(use))
              )}
            </strong>
            : {why}
          </li>
        ))}
      </ul>
    </section>
  )
}

function capital(words: string): string {
  return `${words[0]!.toUpperCase()}${words.slice(1)}`
}
