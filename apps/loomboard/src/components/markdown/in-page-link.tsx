import type { MouseEvent, ReactNode } from 'react'
import { findPlace } from './find-place.ts'

export interface InPageLinkProps {
  href: string
  id: string | undefined
  label: string | undefined
  children?: ReactNode
}

/**
 * Leads to a footnote, back from it, or to a heading, within its own text: others on the page may have the same names,
 * and the address is that of the page.
 */
export function InPageLink({ href, id, label, children }: InPageLinkProps) {
  function go(event: MouseEvent<HTMLAnchorElement>): void {
    event.preventDefault()
    const target = findPlace(event.currentTarget, href)
    if (!target) return
    if (target.tabIndex < 0) target.tabIndex = -1
    target.focus()
  }
  return (
    <a id={id} href={href} aria-label={label} onClick={go}>
      {children}
    </a>
  )
}
