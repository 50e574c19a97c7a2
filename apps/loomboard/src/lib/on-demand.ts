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

/** Code that nobody waits for yet is left until the page has come to rest. */
const later = 1500

/** The component, once its code is here; where it is held, what can do without it waits for better times. */
export function useOnDemand<Component>(
  part: OnDemand<Component>,
  wanted: boolean,
  { held = false } = {},
): Component | undefined {
  const [, setLoaded] = useState(part.loaded() !== undefined)
  useEffect(() => {
    if (held || part.loaded()) return
    let current = true
    const timer = setTimeout(
      () =>
        // What fails to load is reported by the page itself, which then starts over.
        part.load().then(
          () => current && setLoaded(true),
          () => {},
        ),
      wanted ? 0 : later,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [part, wanted, held])
  return part.loaded()
}
