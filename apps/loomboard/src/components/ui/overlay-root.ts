import { createContext } from 'react'

/** The panel that lies over the page and holds this; what opens from it belongs into it, or it would lie beneath. */
export const OverlayRoot = createContext<HTMLElement | null>(null)
