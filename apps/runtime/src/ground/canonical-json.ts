import { piecesOf, piecesOfMembers } from './json-pieces.ts'
import { mapped, sorted } from './lists-in-slices.ts'

/** The same text for values that are equal, in whatever order their members come. */
export function canonicalJson(value: unknown): string {
  return [...canonicalPieces(value)].join('')
}

/** One after another, they are that text; now and then a rest comes without one. */
export function* canonicalPieces(value: unknown): Generator<string | undefined> {
  if (value === null || typeof value !== 'object') return yield* piecesOf(value)
  if (Array.isArray(value)) {
    const items = yield* mapped(value, (item): [string, unknown] => ['', item ?? null])
    return yield* piecesOfMembers('[]', items, canonicalPieces)
  }
  const given = value as Record<string, unknown>
  const names = yield* sorted(Object.keys(given), (a, b) => (a < b ? -1 : 1))
  const members = yield* mapped(names, (name): [string, unknown] => [`${JSON.stringify(name)}:`, given[name]])
  const present = members.filter(([, member]) => member !== undefined)
  yield* piecesOfMembers('{}', present, canonicalPieces)
}
