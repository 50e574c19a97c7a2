import { createStore } from './browser/store.ts'

export type Overlay = 'none' | 'sidebar' | 'palette' | 'shortcuts' | 'import'

/** What lies over the page; one thing at a time. */
export const overlay = createStore<Overlay>('none')

export function openOverlay(next: Overlay): void {
  overlay.set(next)
}

export function closeOverlay(): void {
  overlay.set('none')
}
