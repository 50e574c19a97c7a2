/** Texts of this size are drawn within a moment, whatever kind they are. */
const mostChars = 4000
const mostLines = 80
const mostLinks = 60
const mostGroups = 10
const mostBits = 4096
const mostYears = 20

const link = /[-=.]{2,}[->ox)]?|-[->ox)]+|~~~|&/g

/**
 * Whether a diagram is as small as it looks, and is small. Laying it out holds the page up, and cannot be stopped: what
 * may take long is not begun without being asked.
 */
export function isLightDiagram(source: string): boolean {
  if (source.length > mostChars) return false
  const lines = source.split('\n')
  if (lines.length > mostLines) return false
  if (
    lines.filter((line) => /^\s*(?:subgraph|state|namespace|block|group|loop|alt|par|opt|rect)\b/.test(line)).length >
    mostGroups
  )
    return false
  return lines.reduce((sum, line) => sum + linksOf(line), 0) <= mostLinks && !isBoundless(source)
}

/** Whether a few words ask for so much that it would never end: not even for somebody who asks. */
export function isBoundless(source: string): boolean {
  const kind = /^[ \t]*(?:packet|block|gantt|xychart|quadrantChart|timeline|kanban|treemap|radar|sankey)/m
    .exec(source)?.[0]
    .trim()
  if (kind === 'packet' || kind === 'block') return numbersOf(source).some((n) => n > mostBits)
  if (kind === 'gantt') return isLongGantt(source)
  return false
}

/** `a & b --> c & d` is four of them. */
function linksOf(line: string): number {
  const found = line.match(link) ?? []
  const joined = found.filter((mark) => mark === '&').length
  return found.length - joined + joined * joined
}

function numbersOf(source: string): number[] {
  return (source.match(/\d+/g) ?? []).map(Number)
}

/** Every day of it is gone through, and every tick of its axis is drawn. */
function isLongGantt(source: string): boolean {
  if (/^[ \t]*tickInterval[ \t]+\d+[ \t]*(?:millisecond|second|minute)/m.test(source)) return true
  const years = (source.match(/\b\d{4}(?=-\d)/g) ?? []).map(Number)
  if (years.length > 0 && Math.max(...years) - Math.min(...years) > mostYears) return true
  return (source.match(/(?<!\d)\d+(?=[dwMyh]\b)/g) ?? []).map(Number).some((n) => n > mostYears * 366)
}
