import { type RefObject, useLayoutEffect } from 'react'

const anchors = globalThis.CSS?.supports?.('overflow-anchor', 'auto') ?? false

export function isTyping(): boolean {
  return document.activeElement?.matches('textarea, .cm-content') ?? false
}

/** What comes above the text while somebody types in it does not push it away under the hands. */
export function useKeepPlace(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = element
    const scroller = current && scrollerOf(current)
    if (!current || !scroller || !isTyping() || !scroller.contains(document.activeElement)) return
    // Browsers see to it themselves, but not at the top.
    if (anchors && scroller.scrollTop > 0) return
    scroller.scrollTop += current.offsetHeight
  }, [element])
}

function scrollerOf(element: HTMLElement): HTMLElement | undefined {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return undefined
}
