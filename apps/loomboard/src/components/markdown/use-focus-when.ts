import { type RefObject, useEffect, useRef } from 'react'

/** The button that asked for something is gone once it is there: who used the keyboard goes on from here. */
export function useFocusWhen<Element extends HTMLElement>(asked: boolean): RefObject<Element | null> {
  const place = useRef<Element>(null)
  useEffect(() => {
    if (asked) place.current?.focus({ preventScroll: true })
  }, [asked])
  return place
}
