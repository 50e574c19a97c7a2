import { type ReactNode, useState } from 'react'
import { useFocusWhen } from './markdown/use-focus-when.ts'
import { Button } from './ui/button.tsx'

/** More than this many choices nobody looks through; what is not among them can be typed. */
export const mostOptions = 500

/**
 * The first of what there may be any number of, and the way to as many more. It begins anew where they are of something
 * else.
 */
export function useFirst<T>(all: readonly T[], most: number, of?: string): { first: readonly T[]; more: ReactNode } {
  const [wanted, setWanted] = useState({ of, count: most })
  const count = wanted.of === of ? wanted.count : most
  const left = all.length - count
  const isAllAsked = left <= 0 && count > most
  const end = useFocusWhen<HTMLSpanElement>(isAllAsked)
  if (left <= 0) {
    const shown = (
      <span ref={end} tabIndex={-1} className="sr-only">
        All {all.length.toLocaleString('en')} are shown
      </span>
    )
    return { first: all, more: isAllAsked ? shown : null }
  }
  const more = (
    <Button size="sm" variant="ghost" onClick={() => setWanted({ of, count: count + most })}>
      {left > most ? `Show ${most} more of ${left.toLocaleString('en')}` : `Show ${left} more`}
    </Button>
  )
  return { first: all.slice(0, count), more }
}
