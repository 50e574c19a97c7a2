import { createContext } from 'react'

/** The panel that lies over the page and holds this; what opens from it belongs into it, or it would lie beneath. */
export const OverlayRoot = createContext<HTMLElement | null>(null)

/** The part of the page that is its main one, into which everything else opens. Each page brings its own. */
export function mainOfPage(): HTMLElement | null {
  return document.getElementById('main')
}
