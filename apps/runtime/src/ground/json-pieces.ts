/** So much of a text at once; what is longer is cut. */
const pieceLength = 64 * 1024

/** What `JSON.stringify` makes of a plain value, in pieces, with a rest after each. */
export function* jsonInPieces(value: unknown): Generator<void, string> {
  const pieces: string[] = []
  for (const piece of piecesOf(value)) {
    pieces.push(piece)
    yield
  }
  return pieces.join('')
}

/** One after another, they are the JSON. */
export function* piecesOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* piecesOfText(value)
  else if (value === null || typeof value !== 'object' || isShort(value)) yield JSON.stringify(value)
  else if (Array.isArray(value)) {
    yield* piecesOfMembers(
      '[]',
      value.map((item) => ['', item ?? null]),
      piecesOf,
    )
  } else {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    yield* piecesOfMembers(
      '{}',
      members.map(([name, member]) => [`${JSON.stringify(name)}:`, member]),
      piecesOf,
    )
  }
}

const fewMembers = 50

/** Few values, none of which is long. */
function isShort(value: object): boolean {
  const members = Object.values(value)
  return members.length <= fewMembers && members.every((member) => !isLong(member))
}

function isLong(member: unknown): boolean {
  return typeof member === 'string' ? member.length > pieceLength : member !== null && typeof member === 'object'
}

/** In their brackets, the pieces of each as told. */
export function* piecesOfMembers<P>(
  [open, close]: string,
  members: [label: string, value: unknown][],
  pieces: (value: unknown) => Generator<P>,
): Generator<string | P> {
  let before = open!
  for (const [label, value] of members) {
    yield before + label
    yield* pieces(value)
    before = ','
  }
  yield members.length === 0 ? `${open}${close}` : close!
}

function* piecesOfText(text: string): Generator<string> {
  if (text.length <= pieceLength) return yield JSON.stringify(text)
  yield '"'
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + pieceLength, text.length)
    // The two halves of a character stay together: alone they would be escaped.
    if (to < text.length && (text.charCodeAt(to) & 0xfc00) === 0xdc00) to++
    yield JSON.stringify(text.slice(from, to)).slice(1, -1)
    from = to
  }
  yield '"'
}
