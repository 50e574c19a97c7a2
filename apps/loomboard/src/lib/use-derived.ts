import { useLayoutEffect, useMemo, useRef } from 'react'

/** Like `useMemo`, but what comes out is made from what came out before, and may be the same object. */
export function useDerived<Value>(derive: (before: Value | undefined) => Value, deps: readonly unknown[]): Value {
  const before = useRef<Value>(undefined)
  const value = useMemo(() => derive(before.current), deps)
  useLayoutEffect(() => {
    before.current = value
  }, [value])
  return value
}
