import type { MouseEvent, ReactNode } from 'react'

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
    const text = event.currentTarget.closest('.md')
    const target = text && findPlace(text, decoded(href.slice(1)))
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

function findPlace(text: Element, name: string): HTMLElement | undefined {
  const named = [...text.querySelectorAll<HTMLElement>('[id]')]
  const headings = [...text.querySelectorAll<HTMLElement>('h3')]
  return (
    named.find(({ id }) => id === name) ??
    headings.find(({ textContent }) => slugOf(textContent) === name.toLowerCase())
  )
}

/** As others name headings: their words in small letters, with dashes between them. */
function slugOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
  return words.trim().replace(/\s/g, '-')
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
