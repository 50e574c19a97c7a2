import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** A scroll upwards counts as wanted only this soon after somebody did something. */
const intentLasts = 700
const near = 32

/**
 * Keeps a scroller at its end while its content grows, until the reader goes up; going down to the end follows again.
 * Only people let go: content that is measured or shrinks moves the position, too.
 */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  newest: unknown,
) {
  const following = useRef(true)
  const [atEnd, setAtEnd] = useState(true)
  const [unseen, setUnseen] = useState(false)

  const toEnd = useCallback(() => {
    following.current = true
    setUnseen(false)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [scroller])

  const release = useCallback(() => {
    following.current = false
  }, [])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return
    const off = new AbortController()
    const passive = { signal: off.signal, passive: true }
    let lastTop = element.scrollTop
    let intentAt = Number.NEGATIVE_INFINITY
    const intend = () => {
      intentAt = performance.now()
    }
    const gap = () => element.scrollHeight - element.clientHeight - element.scrollTop

    element.addEventListener('wheel', (event) => event.deltaY < 0 && intend(), passive)
    element.addEventListener('touchmove', intend, passive)
    element.addEventListener('pointerdown', intend, passive)
    element.addEventListener('pointermove', (event) => event.buttons && intend(), passive)
    element.addEventListener('keydown', intend, passive)
    element.addEventListener(
      'scroll',
      () => {
        const top = element.scrollTop
        if (top < lastTop - 1 && performance.now() - intentAt < intentLasts) following.current = false
        else if (gap() < 2 || (top > lastTop && gap() < near)) following.current = true
        lastTop = top
        setAtEnd(following.current || gap() < near * 2)
        if (following.current) setUnseen(false)
      },
      passive,
    )
    const observer = new ResizeObserver(() => {
      if (following.current) {
        element.scrollTop = element.scrollHeight
        lastTop = element.scrollTop
      } else if (gap() > near * 2) {
        setAtEnd(false)
      }
    })
    observer.observe(inner)
    observer.observe(element)
    return () => {
      off.abort()
      observer.disconnect()
    }
  }, [scroller, content])

  // What comes in front of the conversation, or changes its height, is no news.
  const seen = useRef(newest)
  useEffect(() => {
    if (seen.current === newest) return
    seen.current = newest
    if (!following.current) setUnseen(true)
  }, [newest])

  const isFollowing = useCallback(() => following.current, [])

  return { atEnd, unseen, toEnd, release, isFollowing }
}
