const LAST = 0x10ffff
const SURROGATES = { first: 0xd800, last: 0xdfff }

/** Keys as the database has them: half a surrogate pair cannot be written as UTF-8. */
export function toKey(text: string): string {
  return text.toWellFormed()
}

/**
 * The first key after all that start with `prefix`, in the order of code points, which is the database's order;
 * undefined where nothing comes after. A range finds by index what `LIKE` would search for, and knows no wildcards.
 */
export function keyAfterPrefix(prefix: string): string | undefined {
  const characters = [...prefix]
  while (characters.at(-1)?.codePointAt(0) === LAST) characters.pop()
  const last = characters.pop()?.codePointAt(0)
  if (last === undefined) return undefined
  const next = last + 1 === SURROGATES.first ? SURROGATES.last + 1 : last + 1
  return characters.join('') + String.fromCodePoint(next)
}
