import type { Board } from './board-model.ts'

const duration = 150
/** Where more than this happens in a second, nothing is animated any more. */
const mostPerSecond = 20

interface Seen {
  element: HTMLElement
  top: number
}

/** Keeps what somebody looks at where it is while a board changes around it, and lets the rest move there visibly. */
export class Steady {
  private changes: number[] = []

  /** Before the change is drawn; what comes back is to be called when it has been. */
  before(root: HTMLElement, now: Board, next: Board, anchors: ReadonlySet<string>): () => void {
    const columns = next.columns.filter((column) => now.columns.find(({ key }) => key === column.key) !== column)
    if (columns.length === 0) return () => {}
    const isAnimated = this.isCalm() && !matchMedia('(prefers-reduced-motion: reduce)').matches
    const lists = columns.flatMap(({ key }) => {
      const list = root.querySelector<HTMLElement>(`[data-list="${CSS.escape(key)}"]`)
      const isNew = (id: string) => now.places.get(id)?.column !== key
      return list ? [{ list, seen: seenIn(list), isNew }] : []
    })
    return () => {
      for (const { list, seen, isNew } of lists) {
        keep(list, seen, anchors)
        if (isAnimated) move(list, seen, isNew)
      }
    }
  }

  private isCalm(): boolean {
    const now = performance.now()
    this.changes = [...this.changes.filter((at) => now - at < 1000), now]
    return this.changes.length <= mostPerSecond
  }
}

function seenIn(list: HTMLElement): Map<string, Seen> {
  const cards = list.querySelectorAll<HTMLElement>('[data-card]')
  return new Map(
    [...cards].map((element) => [element.dataset.card ?? '', { element, top: element.getBoundingClientRect().top }]),
  )
}

/** What is in somebody's hand stays under it, or else, in a list that is scrolled, the first card that is in sight. */
function keep(list: HTMLElement, seen: ReadonlyMap<string, Seen>, anchors: ReadonlySet<string>): void {
  const { top } = list.getBoundingClientRect()
  const first = list.scrollTop > 0 ? [...seen].find(([, card]) => card.top >= top)?.[0] : undefined
  const anchor = [...anchors].find((id) => seen.has(id)) ?? first
  const before = seen.get(anchor ?? '')
  if (!before?.element.isConnected) return
  const moved = before.element.getBoundingClientRect().top - before.top
  if (Math.abs(moved) >= 1) list.scrollTop += moved
}

function move(list: HTMLElement, seen: ReadonlyMap<string, Seen>, isNew: (id: string) => boolean): void {
  for (const [id, { element, top }] of seenIn(list)) {
    const before = seen.get(id)
    if (isNew(id)) element.animate([{ opacity: 0, transform: 'scale(0.97)' }, {}], { duration, easing: 'ease-out' })
    else if (before && Math.abs(before.top - top) >= 1) {
      element.animate([{ transform: `translateY(${before.top - top}px)` }, {}], { duration, easing: 'ease-out' })
    }
  }
}
