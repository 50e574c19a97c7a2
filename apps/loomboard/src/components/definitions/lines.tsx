import type { KeyboardEvent, ReactNode } from 'react'

/** A list of links, one below the other; arrows go from line to line. */
export function Lines<T>(props: {
  label: string
  of: readonly T[]
  keyOf: (one: T) => string
  children: (one: T) => ReactNode
}) {
  return (
    <ul aria-label={props.label} className="divide-y rounded-lg border bg-surface" onKeyDown={goUpOrDown}>
      {props.of.map((one) => (
        <li key={props.keyOf(one)} className="[contain-intrinsic-size:auto_4rem] [content-visibility:auto]">
          {props.children(one)}
        </li>
      ))}
    </ul>
  )
}

function goUpOrDown(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = links[at + step]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}
