const SPACE = /\s/

/** Cuts text into pieces of at least `size` characters that end where a word does, or at twice the size. */
export function* chunksOf(text: string, size: number): Generator<string> {
  const wanted = Math.max(1, Math.floor(size))
  let from = 0
  while (from < text.length) {
    let to = Math.min(from + wanted, text.length)
    const furthest = Math.min(from + wanted * 2, text.length)
    while (to < furthest && !SPACE.test(text[to]!)) to++
    if (splitsPair(text, to)) to++
    yield text.slice(from, to)
    from = to
  }
}

function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
