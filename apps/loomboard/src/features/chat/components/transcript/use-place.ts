import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { CacheSnapshot, VirtualizerHandle } from 'virtua'

interface Place {
  /** Sizes of the rows as they were measured. */
  sizes: CacheSnapshot
  rows: number
  top: number
}

/** Where somebody was in the conversations of this tab; nothing for those that were left at their end. */
const places = new Map<string, Place>()

/** Comes back to where one was, to the pixel. `rows` are those of the virtual list. */
export function usePlace(options: {
  conversation: string
  rows: number
  scroller: RefObject<HTMLElement | null>
  list: RefObject<VirtualizerHandle | null>
  isFollowing: () => boolean
  release: () => void
}): CacheSnapshot | undefined {
  const { conversation, rows } = options
  const latest = useRef(options)
  latest.current = options
  const place = useRef(places.get(conversation))
  const restored = place.current?.rows === rows ? place.current : undefined

  useLayoutEffect(() => {
    const { scroller, list, release } = latest.current
    const element = scroller.current
    if (restored && element) {
      release()
      element.scrollTop = restored.top
    }
    // By the time the effect is undone, the list and the element are gone from their refs.
    const handle = list.current
    return () => {
      if (latest.current.isFollowing() || !element || !handle) places.delete(conversation)
      else places.set(conversation, { sizes: handle.cache, rows: latest.current.rows, top: element.scrollTop })
    }
  }, [conversation])

  return restored?.sizes
}
