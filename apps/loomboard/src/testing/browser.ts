import { afterAll } from 'vitest'
import type { FakeServer } from './fake-server.ts'

/**
 * What a browser has and jsdom has not: a server behind `fetch`, and room. Lists that draw only what is in sight see a
 * screen of this height, in lines of this height.
 */
const screenHeight = 4000
const lineHeight = 36

let server: FakeServer | undefined

export function serve(next: FakeServer): void {
  server = next
}

globalThis.fetch = (input, init) => {
  if (!server) throw new Error('No server is there to be asked.')
  return server.fetch(input, init)
}

globalThis.matchMedia = (query) => {
  // As wide as a desk, with a mouse.
  const list = { matches: query.includes('min-width'), media: query, onchange: null, dispatchEvent: () => true }
  const none = {
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }
  return { ...list, ...none } as MediaQueryList
}

class Sizes implements ResizeObserver {
  private readonly tell: ResizeObserverCallback
  constructor(tell: ResizeObserverCallback) {
    this.tell = tell
  }
  observe(target: Element): void {
    const { offsetHeight: height, offsetWidth: width } = target as HTMLElement
    const contentRect = { height, width } as DOMRectReadOnly
    queueMicrotask(() => this.tell([{ target, contentRect } as ResizeObserverEntry], this))
  }
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver = Sizes

/** Colours that come later never come. */
class Silence extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}
globalThis.Worker ??= Silence as never

class Nothing {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return []
  }
}
globalThis.IntersectionObserver = Nothing as never

const lines = '[role=treeitem], [role=row], li article'
const isLine = (element: Element) =>
  element.matches('[role=treeitem], [role=row], article') || element.querySelector(lines) !== null
const isList = (element: HTMLElement) => element.matches('[role=tree], [role=grid]') || Boolean(element.dataset.list)
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: {
    get(this: HTMLElement) {
      return this.style.position === 'absolute' || (!isList(this) && isLine(this)) ? lineHeight : screenHeight
    },
  },
  offsetWidth: { get: () => 1000 },
  clientHeight: { get: () => screenHeight },
  offsetParent: { get: () => document.body },
})
globalThis.CSS = { escape: (text: string) => text } as typeof CSS
Element.prototype.scrollTo = () => {}
Element.prototype.animate = () => ({}) as Animation
Element.prototype.scrollIntoView = () => {}
Element.prototype.hasPointerCapture = () => false
Element.prototype.setPointerCapture = () => {}
Element.prototype.releasePointerCapture = () => {}
globalThis.scrollTo = () => {}

/** What a page has put off, such as taking a notice away, goes with the page. */
const putOff = new Set<ReturnType<typeof setTimeout>>()
const later = globalThis.setTimeout
globalThis.setTimeout = Object.assign((...given: Parameters<typeof setTimeout>) => {
  const timer = later(...given)
  putOff.add(timer)
  return timer
}, later)
afterAll(() => {
  for (const timer of putOff) clearTimeout(timer)
})
