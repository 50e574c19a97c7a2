interface Line {
  sign: ' ' | '-' | '+'
  text: string
}

const around = 3
/** Beyond this many edits a diff says nothing to anybody; the texts are shown as replaced. */
const mostEdits = 2000

/** A unified diff; empty where the texts are equal. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return ''
  const lines = compare(before.split('\n'), after.split('\n'))
  const shown = new Set<number>()
  for (const [i, { sign }] of lines.entries()) {
    if (sign !== ' ') for (let near = i - around; near <= i + around; near++) shown.add(near)
  }
  const out: string[] = []
  let [old, fresh] = [1, 1]
  for (const [i, { sign, text }] of lines.entries()) {
    if (shown.has(i) && (i === 0 || !shown.has(i - 1))) out.push(hunkHeader(lines, shown, i, { old, fresh }))
    if (shown.has(i)) out.push(sign + text)
    if (sign !== '+') old++
    if (sign !== '-') fresh++
  }
  return `${out.join('\n')}\n`
}

function hunkHeader(
  lines: readonly Line[],
  shown: ReadonlySet<number>,
  start: number,
  at: { old: number; fresh: number },
) {
  let end = start
  while (end < lines.length && shown.has(end)) end++
  const count = (without: Line['sign']) => lines.slice(start, end).filter(({ sign }) => sign !== without).length
  return `@@ -${at.old},${count('+')} +${at.fresh},${count('-')} @@`
}

/** Myers: the shortest way from one text to the other. */
function compare(a: readonly string[], b: readonly string[]): Line[] {
  const start = prefixLength(a, b)
  const rest = { a: a.slice(start), b: b.slice(start) }
  const end = prefixLength(rest.a.toReversed(), rest.b.toReversed())
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ sign: ' ', text }))
  const middle = shortest(rest.a.slice(0, rest.a.length - end), rest.b.slice(0, rest.b.length - end))
  return [...same(a.slice(0, start)), ...middle, ...same(a.slice(a.length - end))]
}

function prefixLength(a: readonly string[], b: readonly string[]): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function shortest(a: readonly string[], b: readonly string[]): Line[] {
  const trace: Array<Map<number, number>> = []
  let reach = new Map([[1, 0]])
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits++) {
    trace.push(new Map(reach))
    const next = new Map(reach)
    for (let k = -edits; k <= edits; k += 2) {
      let x = goesDown(reach, k, edits) ? reach.get(k + 1)! : reach.get(k - 1)! + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace)
    }
    reach = next
  }
  const removed = a.map((text): Line => ({ sign: '-', text }))
  return [...removed, ...b.map((text): Line => ({ sign: '+', text }))]
}

function goesDown(reach: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && reach.get(k - 1)! < reach.get(k + 1)!)
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: ReadonlyArray<ReadonlyMap<number, number>>,
): Line[] {
  const lines: Line[] = []
  let x = a.length
  let y = b.length
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits]!
    const k = x - y
    const before = goesDown(reach, k, edits) ? k + 1 : k - 1
    const fromX = reach.get(before)!
    const fromY = fromX - before
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      lines.push({ sign: ' ', text: a[--x]! })
      y--
    }
    if (edits === 0) break
    if (x === fromX) lines.push({ sign: '+', text: b[--y]! })
    else lines.push({ sign: '-', text: a[--x]! })
  }
  return lines.reverse()
}
