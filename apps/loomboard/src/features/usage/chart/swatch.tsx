import { useId } from 'react'
import { fillOf, linePaths } from './patterns.ts'

/** A piece of what a bar is filled with. */
export function Swatch({ n }: { n: number }) {
  const { hue, lines } = fillOf(n)
  const id = useId()
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 shrink-0 rounded-xs">
      <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill={`var(${hue})`} />
        <path d={linePaths[lines]} stroke="var(--bg)" strokeWidth="1.5" />
      </pattern>
      <rect width="16" height="16" fill={`url(#${id})`} />
    </svg>
  )
}
