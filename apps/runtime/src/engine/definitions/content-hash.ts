import { createHash } from 'node:crypto'
import { canonicalJson } from '../../ground/canonical-json.ts'

/** The same for what says the same, in whatever order, and whether what is not said is left out or empty. */
export function contentHash(definition: object): string {
  return createHash('sha256')
    .update(canonicalJson(withoutEmpty(definition) ?? {}))
    .digest('hex')
}

/**
 * Without what says nothing: null, empty texts, lists and maps; and `false` of the definition itself, whose switches can
 * only be turned on. In maps below it, such as compaction, false and 0 are values like any other.
 */
export function withoutEmpty<T extends object>(definition: T): T {
  const said = Object.entries(definition).filter(([, value]) => value !== false)
  return (filled(Object.fromEntries(said)) ?? {}) as T
}

function filled(value: unknown): unknown {
  if (value === null || value === '' || value === undefined) return undefined
  if (Array.isArray(value)) {
    // What is empty in a list holds a place in it.
    return value.length > 0 ? value.map((item) => filled(item) ?? item) : undefined
  }
  if (typeof value !== 'object') return value
  const members = Object.entries(value)
    .map(([name, member]) => [name, filled(member)] as const)
    .filter(([, member]) => member !== undefined)
  return members.length > 0 ? Object.fromEntries(members) : undefined
}
