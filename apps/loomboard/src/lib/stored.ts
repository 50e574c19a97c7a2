/** localStorage that may be refused (private windows) or full: then nothing is kept, and nothing breaks. */
export const stored = {
  read(key: string): string | null {
    try {
      return globalThis.localStorage?.getItem(key) ?? null
    } catch {
      return null
    }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) globalThis.localStorage?.removeItem(key)
      else globalThis.localStorage?.setItem(key, value)
    } catch {
      // Kept in memory by the caller until the page goes.
    }
  },
  keys(prefix: string): string[] {
    try {
      return Object.keys(globalThis.localStorage ?? {}).filter((key) => key.startsWith(prefix))
    } catch {
      return []
    }
  },
}
