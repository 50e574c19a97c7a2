interface Line {
  sign: ' ' | '-' | '+'
  text: string
}

const around = 3
/** Beyond this many edits a diff says nothing to anybody; the texts are shown as replaced. */
const mostEdits = 1000

/** A unified diff; empty where the texts are equal. */
export function* lineDiff(before: string, after: string): Generator<unknown, string> {
  if (before === after) return ''
  const lines = yield* compare(before.split('\n'), after.split('\n'))
  const out: string[] = []
  let [old, fresh] = [1, 1]
  let shownUntil = 0
  for (const [i, { sign, text }] of lines.entries()) {
    yield
    if (i >= shownUntil && lines.slice(i, i + around + 1).some((line) => line.sign !== ' ')) {
      shownUntil = endOfHunk(lines, i)
      out.push(hunkHeader(lines.slice(i, shownUntil), { old, fresh }))
    }
    if (i < shownUntil) out.push(sign + text)
    if (sign !== '+') old++
    if (sign !== '-') fresh++
  }
  return `${out.join('\n')}\n`
}

/** After the last line that is near a change, with no longer stretch of the same in between. */
function endOfHunk(lines: readonly Line[], start: number): number {
  let end = start
  for (let i = start; i < lines.length && i <= end + around; i++) if (lines[i]!.sign !== ' ') end = i + around + 1
  return Math.min(end, lines.length)
}

function hunkHeader(lines: readonly Line[], at: { old: number; fresh: number }) {
  const count = (without: Line['sign']) => lines.filter(({ sign }) => sign !== without).length
  return `@@ -${at.old},${count('+')} +${at.fresh},${count('-')} @@`
}

/** Myers: the shortest way from one text to the other. */
function* compare(a: readonly string[], b: readonly string[]): Generator<unknown, Line[]> {
  const start = prefixLength(a, b)
  const rest = { a: a.slice(start), b: b.slice(start) }
  const end = prefixLength(rest.a.toReversed(), rest.b.toReversed())
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ sign: ' ', text }))
  const middle = yield* shortest(rest.a.slice(0, rest.a.length - end), rest.b.slice(0, rest.b.length - end))
  return [...same(a.slice(0, start)), ...middle, ...same(a.slice(a.length - end))]
}

function prefixLength(a: readonly string[], b: readonly string[]): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

/** How far along `a` one gets with so many edits on each diagonal, from `-edits` to `edits` in steps of two. */
type Reach = Int32Array

function* shortest(a: readonly string[], b: readonly string[]): Generator<unknown, Line[]> {
  const trace: Reach[] = []
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits++) {
    yield
    const before = trace.at(-1)
    const reach: Reach = new Int32Array(edits + 1)
    for (let i = 0; i <= edits; i++) {
      const k = 2 * i - edits
      let x = before ? (goesDown(before, i, edits) ? before[i]! : before[i - 1]! + 1) : 0
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach[i] = x
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, [...trace, reach])
    }
    trace.push(reach)
  }
  const removed = a.map((text): Line => ({ sign: '-', text }))
  return [...removed, ...b.map((text): Line => ({ sign: '+', text }))]
}

/** Whether diagonal `i` is best reached from the one above, by a line of `b`, or else from the one below, without one of `a`. */
function goesDown(before: Reach, i: number, edits: number): boolean {
  return i === 0 || (i !== edits && before[i - 1]! < before[i]!)
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Reach[]): Line[] {
  const lines: Line[] = []
  let x = a.length
  let y = b.length
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const before = trace[edits - 1]!
    const i = (x - y + edits) / 2
    const down = goesDown(before, i, edits)
    const fromX = down ? before[i]! : before[i - 1]!
    const fromY = fromX - (down ? x - y + 1 : x - y - 1)
    while (x > fromX && y > fromY) {
      lines.push({ sign: ' ', text: a[--x]! })
      y--
    }
    if (down) lines.push({ sign: '+', text: b[--y]! })
    else lines.push({ sign: '-', text: a[--x]! })
  }
  while (x > 0) lines.push({ sign: ' ', text: a[--x]! })
  return lines.reverse()
}
