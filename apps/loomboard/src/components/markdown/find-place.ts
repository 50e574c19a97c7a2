/** Where a link leads within the text it stands in: to what has the name as its id, or to a heading of these words. */
export function findPlace(link: Element, href: string): HTMLElement | undefined {
  const text = link.closest('.md')
  if (!text) return undefined
  const name = decoded(href.slice(1))
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
