import { type RefObject, useEffect } from 'react'
import { type Match, toFound } from '../../model/rows/search.ts'

const everything = 'chat-find'
const current = 'chat-find-current'

/** Here, since the style sheet's compiler does not know the selector. */
function addStyles(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    ::highlight(${everything}) { background: color-mix(in srgb, var(--warn) 32%, transparent) }
    ::highlight(${current}) { background: var(--accent); color: var(--on-accent) }`)
  document.adoptedStyleSheets.push(sheet)
}
let styled = false

/** In one row; those that are marked are seen to be many. */
const mostMarks = 1000

/** Marks what was found without touching the document: rows come and go while scrolling. */
export function useHighlights(
  content: RefObject<HTMLElement | null>,
  query: string | undefined,
  match: Match | undefined,
): void {
  useEffect(() => {
    const root = content.current
    const highlights = globalThis.CSS?.highlights
    if (!root || !highlights || !query?.trim()) return
    if (!styled) addStyles()
    styled = true
    let frame = 0
    const mark = () => {
      frame = 0
      const all = new Highlight()
      const chosen = new Highlight()
      for (const row of root.querySelectorAll<HTMLElement>('[data-row]')) {
        const ranges = rangesOf(row, query)
        for (const range of ranges) all.add(range)
        const own = row.dataset.row === match?.rowId ? (ranges[match?.nth ?? 0] ?? ranges.at(-1)) : undefined
        if (own) chosen.add(own)
      }
      highlights.set(everything, all)
      highlights.set(current, chosen)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(mark)
    }
    const observer = new MutationObserver(soon)
    observer.observe(root, { childList: true, subtree: true, characterData: true })
    mark()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      highlights.delete(everything)
      highlights.delete(current)
    }
  }, [content, query, match])
}

/** The places in a row where the words are drawn. */
function rangesOf(row: HTMLElement, query: string): Range[] {
  const wanted = toFound(query)
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element
      ? node.matches('.sr-only, figcaption, [aria-hidden="true"]')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_SKIP
      : NodeFilter.FILTER_ACCEPT,
  )
  const nodes: { node: Text; start: number }[] = []
  let text = ''
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length })
    text += (node as Text).data
  }
  const folded = toFound(text)
  const ranges: Range[] = []
  let passed = 0
  const nodeAt = (place: number) => {
    while (passed + 1 < nodes.length && nodes[passed + 1]!.start <= place) passed++
    return nodes[passed]
  }
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    if (ranges.length >= mostMarks) break
    const range = new Range()
    const begin = nodeAt(at)
    const end = nodeAt(at + wanted.length - 1)
    if (!begin || !end) continue
    range.setStart(begin.node, at - begin.start)
    range.setEnd(end.node, at + wanted.length - end.start)
    ranges.push(range)
  }
  return ranges
}
