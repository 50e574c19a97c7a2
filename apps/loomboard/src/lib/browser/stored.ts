interface Stored {
  read(key: string): string | null
  /** False where it is not kept. */
  write(key: string, value: string | null): boolean
  keys(prefix: string): string[]
}

/** Storage that may be refused (private windows) or full: then nothing is kept, and nothing breaks. */
function storedIn(storage: () => Storage | undefined): Stored {
  return {
    read(key) {
      try {
        return storage()?.getItem(key) ?? null
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        const place = storage()
        if (value === null) place?.removeItem(key)
        else place?.setItem(key, value)
        return place !== undefined
      } catch {
        // Kept in memory by the caller until the page goes.
        return false
      }
    },
    keys(prefix) {
      try {
        return Object.keys(storage() ?? {}).filter((key) => key.startsWith(prefix))
      } catch {
        return []
      }
    },
  }
}

export const stored = storedIn(() => globalThis.localStorage)

/** Of this tab alone, also over a reload. */
export const storedInTab = storedIn(() => globalThis.sessionStorage)
