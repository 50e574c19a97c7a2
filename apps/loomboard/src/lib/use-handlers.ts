import { useLayoutEffect, useMemo, useRef } from 'react'

type Handlers = Record<string, (...given: never[]) => void>

/** Handlers that are the same objects for as long as the component lives, and do what the last render would have them do. */
export function useHandlers<Of extends Handlers>(handlers: Of): Of {
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  }, [handlers])
  return useMemo(() => {
    const names = Object.keys(handlers)
    return Object.fromEntries(
      names.map((name) => [name, (...given: never[]) => latest.current[name]?.(...given)]),
    ) as Of
  }, [])
}
