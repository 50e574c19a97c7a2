import { isDeepStrictEqual } from 'node:util'

/** What several files come to: maps grow together, anything else is replaced, and what was replaced is told. */
export class Overlay {
  value: unknown = {}
  /** One sentence for every key that a later file took over. */
  readonly overrides: string[] = []
  /** Which file said what stands there now; by the keys, of what is no map. */
  readonly #saidBy = new Map<string, string>()

  lay(over: unknown, file: string) {
    this.value = this.#laid(this.value, over, [], file)
  }

  #laid(base: unknown, over: unknown, path: string[], file: string): unknown {
    if (isMap(over) && (base === undefined || isMap(base))) {
      const merged = new Map(Object.entries(base ?? {}))
      for (const [key, value] of Object.entries(over)) {
        merged.set(key, this.#laid(merged.get(key), value, [...path, key], file))
      }
      return Object.fromEntries(merged)
    }
    if (base !== undefined && !isDeepStrictEqual(base, over)) {
      this.overrides.push(`${path.join('.')} of ${this.#sayersOf(path).join(' and ')} is replaced by ${file}.`)
    }
    this.#saidBy.set(path.join('\0'), file)
    return over
  }

  #sayersOf(path: string[]): string[] {
    const place = path.join('\0')
    const within = [...this.#saidBy].filter(([key]) => key === place || key.startsWith(`${place}\0`))
    return [...new Set(within.map(([, file]) => file))]
  }
}

/** What is laid over says less: numbers that are 0, empty text and `false` leave what is there. */
export function overlaid<T extends object>(base: T, over: T): T {
  const merged = new Map<string, unknown>(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const under = merged.get(key)
    if (under !== undefined && (value === 0 || value === '' || value === false)) continue
    merged.set(key, isMap(under) && isMap(value) ? overlaid(under, value) : value)
  }
  return Object.fromEntries(merged) as T
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
