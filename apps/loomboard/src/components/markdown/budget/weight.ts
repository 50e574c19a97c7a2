/** What parsing and drawing a character costs beside a letter, which costs 1. Found by measuring; see `weight.test.ts`. */
const costs = new Uint16Array(128)
for (const [marks, cost] of [
  ['*_', 20],
  ['[]!', 18],
  ['`', 16],
  ['~', 8],
  ['<&', 14],
  ['>', 30],
  ['|', 24],
  ['@', 40],
  ['/', 10],
  ['\\', 15],
  ['\n', 16],
  [':-+=#', 8],
  ['$', 100],
] as const)
  for (const mark of marks) costs[mark.charCodeAt(0)] = cost
const other = 2

/** Deeper on one line is no text for people. */
const mostMarkers = 8
const indentCost = 6
const itemCost = 180
/** Deeper than this nothing is drawn, even for somebody who asks. */
export const deepest = 100
const container = /[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*/y
const marker = />|[-*+](?=[ \t])|\d[.)](?=[ \t])/g

/**
 * About what parsing and drawing a piece of Markdown costs, looking at each character once at most; `limit` or more as
 * soon as it is that much. What it lets pass below the limit may be nested, but cannot be nested deeply.
 */
export function weigh(text: string, limit: number): number {
  if (text.length >= limit) return limit
  let weight = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    weight += code < 128 ? costs[code] || 1 : other
    if (weight >= limit) return limit
    if (at > 0 && text.charCodeAt(at - 1) !== newline) continue
    const { length, markers } = containersAt(text, at)
    if (markers > mostMarkers) return limit
    weight += markers * itemCost + (length - markers) * indentCost
  }
  return weight
}
const newline = 10

/** The quotes and list items that begin where a line does. */
function containersAt(text: string, start: number): { length: number; markers: number } {
  container.lastIndex = start
  const [before = ''] = container.exec(text) ?? []
  return { length: before.length, markers: before === '' ? 0 : (before.match(marker)?.length ?? 0) }
}

/** Whether a line stands in more quotes and lists than are ever drawn. */
export function isNestedTooDeeply(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const { length, markers } = containersAt(text, start)
    if (markers > deepest) return true
    const end = text.indexOf('\n', start + length)
    if (end < 0) return false
    start = end + 1
  }
  return false
}
