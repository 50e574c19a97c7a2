import type { Place } from '../paths/place.ts'

/** Tells whoever follows a place that its log of changes has grown; what was done they read from the log. */
export class ChangeFeed {
  readonly #followers = new Map<string, Set<() => void>>()

  follow(place: Place, wake: () => void): () => void {
    const key = keyOf(place)
    let set = this.#followers.get(key)
    if (!set) this.#followers.set(key, (set = new Set()))
    set.add(wake)
    return () => {
      set.delete(wake)
      if (set.size === 0 && this.#followers.get(key) === set) this.#followers.delete(key)
    }
  }

  announce(place: Place) {
    for (const wake of this.#followers.get(keyOf(place)) ?? []) wake()
  }
}

function keyOf({ tenantId, scope, scopeId }: Place): string {
  return JSON.stringify([tenantId, scope, scopeId])
}
