import { useEffect, useState } from 'react'

/**
 * A component whose code comes later. Unlike `lazy` it never suspends: React holds what was suspended back for 300 ms
 * once a fallback has been seen, also when the code is there after ten.
 */
export interface OnDemand<Component> {
  load(): Promise<Component>
  loaded(): Component | undefined
}

export function onDemand<Component>(load: () => Promise<Component>): OnDemand<Component> {
  let component: Component | undefined
  let loading: Promise<Component> | undefined
  return {
    loaded: () => component,
    load() {
      loading ??= load().then(
        (loaded) => (component = loaded),
        (error) => {
          loading = undefined
          throw error
        },
      )
      return loading
    },
  }
}

/** The component, once its code is here. */
export function useOnDemand<Component>(part: OnDemand<Component>): Component | undefined {
  const [, setLoaded] = useState(part.loaded() !== undefined)
  useEffect(() => {
    if (part.loaded()) return
    let current = true
    // What fails to load is reported by the page itself, which then starts over.
    part.load().then(
      () => current && setLoaded(true),
      () => {},
    )
    return () => {
      current = false
    }
  }, [part])
  return part.loaded()
}
