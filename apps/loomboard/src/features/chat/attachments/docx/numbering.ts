import { childOf, descendants, type Element, elementsIn } from './xml.ts'

/** What stands before the next paragraph of a list: its number, or a dash. Counts as it is asked. */
export type NextMark = (list: string, level: number) => string

interface Level {
  format: string
  text: string
  start: number
}

export function numbering(part: Element | undefined): NextMark {
  const root = part ?? { name: '', attributes: {}, children: [] }
  const kinds = new Map(
    [...descendants(root, 'w:abstractNum')].map((one) => [one.attributes['w:abstractNumId'], levelsOf(one)]),
  )
  const lists = new Map(
    [...descendants(root, 'w:num')].map((one) => [one.attributes['w:numId'], valueIn(one, 'w:abstractNumId')]),
  )
  const begunAnew = new Set(
    [...descendants(root, 'w:num')]
      .filter((one) => childOf(one, 'w:lvlOverride'))
      .map(({ attributes }) => attributes['w:numId']),
  )
  const counts = new Map<string, number[]>()
  return (list, level) => {
    const kind = lists.get(list)
    const series = begunAnew.has(list) ? `own ${list}` : (kind ?? '')
    const levels = kinds.get(kind) ?? []
    const own = levels[level]
    const indent = '  '.repeat(Math.min(level, 8))
    if (!own || own.format === 'bullet' || own.format === 'none') return `${indent}- `
    const before = counts.get(series) ?? []
    const now = levels
      .slice(0, level + 1)
      .map((one, i) => (i < level ? (before[i] ?? one.start) : (before[i] ?? one.start - 1) + 1))
    counts.set(series, now)
    const mark = own.text.replace(/%(\d)/g, (_, place) => {
      const i = Number(place) - 1
      return counted(now[i] ?? 1, levels[i]?.format ?? 'decimal')
    })
    return `${indent}${mark || '-'} `
  }
}

const valueIn = (element: Element | undefined, name: string) => childOf(element, name)?.attributes['w:val']

function levelsOf(kind: Element): Level[] {
  const levels: Level[] = []
  for (const one of elementsIn(kind).filter(({ name }) => name === 'w:lvl')) {
    levels[Number(one.attributes['w:ilvl'] ?? 0) & 15] = {
      format: valueIn(one, 'w:numFmt') ?? 'decimal',
      text: valueIn(one, 'w:lvlText') ?? '',
      start: Number(valueIn(one, 'w:start') ?? 1),
    }
  }
  return Array.from(levels, (level) => level ?? { format: 'bullet', text: '', start: 1 })
}

function counted(number: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return letter(number)
    case 'upperLetter':
      return letter(number).toUpperCase()
    case 'lowerRoman':
      return roman(number)
    case 'upperRoman':
      return roman(number).toUpperCase()
    default:
      return String(number)
  }
}

/** After z comes aa, then bb. */
const letter = (number: number) =>
  String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.min(Math.ceil(number / 26), 8))

const romans: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

function roman(number: number): string {
  let left = Math.min(number, 4999)
  let text = ''
  for (const [value, sign] of romans) {
    text += sign.repeat(Math.floor(left / value))
    left %= value
  }
  return text
}
