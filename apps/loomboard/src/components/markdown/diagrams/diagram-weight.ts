import type { DiagramText } from './diagram-text.ts'
import { daysOfGantt } from './gantt-days.ts'

/** Texts of this size are drawn within a moment, whatever kind they are. */
const mostChars = 2500
/** Somebody who asks waits for so many times as much, and no longer. */
const patience = 5
/** Words that are longer than a line are cut letter by letter. */
const longWord = 40
const mostLetters = 400
const mostLinks = 30
const mostGroups = 10

export function isLightDiagram(diagram: DiagramText): boolean {
  return weigh(diagram) <= 1
}

/** Whether it would hold the page up for so long that it is not drawn even for somebody who asks. */
export function isBoundless(diagram: DiagramText): boolean {
  return weigh(diagram) > patience
}

/**
 * What drawing it costs, where 1 is what a page does unnoticed. Laying a diagram out holds the page up and cannot be
 * stopped: what may take long is not begun without being asked.
 */
function weigh({ kind, body }: DiagramText): number {
  const lines = body.split(/[\n;]/).filter((line) => line.trim() !== '')
  const letters = sumOf(body.split(/\s+/), ({ length }) => (length > longWord ? length : 0))
  return Math.max(body.length / mostChars, letters / mostLetters, weights[kind]!(lines, body))
}

/** How many lines of a kind are drawn in a moment: each is a thing, or a piece of one. */
const perLine = (most: number) => (lines: string[]) => lines.length / most

/** It is noticed, but whoever asks gets as much of it as of what is so many times as light. */
function askedFor(weight: number, times: number): number {
  return Math.max(Math.min(weight, patience), weight / times)
}

const weights: Record<string, (lines: string[], body: string) => number> = {
  flowchart: (lines, body) =>
    Math.max(
      askedFor(Math.max(sumOf(lines, boxesOf) / 16, wordsOf(body) / 115), 5),
      sumOf(lines, linksOf) / mostLinks,
      lines.filter(isGroup).length / mostGroups,
    ),
  sequence: (lines) => {
    const wrapped = lines.filter((line) => /wrap/i.test(line))
    return Math.max((lines.length + 2 * wrapped.length) / 40, sumOf(wrapped, ({ length }) => length) / 850)
  },
  class: perLine(15),
  state: (lines) => askedFor(Math.max(lines.length / 10, sumOf(beforeColons(lines), namesOf) / 20), 2),
  er: (lines) => Math.max(lines.length / 20, sumOf(unquoted(lines), namesOf) / 45),
  gantt: (lines, body) => Math.max(lines.length / 60, daysOfGantt(body)),
  pie: perLine(40),
  journey: (lines) => Math.max(lines.length / 20, sumOf(lines, (line) => line.split(',').length) / 60),
  timeline: (lines) => askedFor(sumOf(lines, (line) => line.split(':').length) / 19, 3.7),
  mindmap: perLine(16),
  git: perLine(32),
  quadrant: perLine(40),
  xychart: (lines) => sumOf(lines, (line) => line.split(',').length) / 75,
  sankey: perLine(40),
  kanban: perLine(12),
  packet: (lines, body) => Math.max(lines.length / 60, bitsOf(body) / 2048),
  block: (lines, body) => Math.max(sumOf(unquoted(lines), namesOf) / 18, placesOf(body) / 30),
  architecture: perLine(3.5),
  requirement: perLine(30),
  c4: (lines, body) => Math.max(lines.length / 12, wordsOf(body) / 95),
}

function sumOf(lines: string[], count: (line: string) => number): number {
  return sum(lines.map(count))
}

const link = /[-=.]{2,}[->ox)]?|-[->ox)]+|~{3,}|&/g

/** `a & b --> c & d` is four of them; a longer arrow takes as much as several in a row. */
function linksOf(line: string): number {
  const found = line.match(link) ?? []
  const joined = found.filter((mark) => mark === '&').length
  const long = found.map(({ length }) => Math.max(0, length - 4))
  return found.length - joined + joined * joined + sum(long)
}

/** One that is only named where it is joined to others counts as a link. */
function boxesOf(line: string): number {
  return Math.max(line.match(/[[({]+/g)?.length ?? 0, line.search(link) < 0 ? 1 : 0)
}

/** Where a quoted text is of several lines, nobody knows what is quoted and what is not. */
function unquoted(lines: string[]): string[] {
  if (lines.some((line) => line.split('"').length % 2 === 0)) return lines
  return lines.map((line) => line.replace(/"[^"]*"/g, ' _ '))
}

function beforeColons(lines: string[]): string[] {
  return unquoted(lines).map((line) => line.split(':')[0]!)
}

function wordsOf(text: string): number {
  return text.split(/\s+/).length
}

/** Not every statement needs a line of its own; how two things are joined may be written with letters. */
function namesOf(line: string): number {
  const said = line.replace(/[|}o]{2}(?:--|\.\.)[|{o]{2}|\b[PFU]K\b/g, ' ')
  return said.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0
}

function isGroup(line: string): boolean {
  return /\bsubgraph\b/.test(line)
}

/** Up to the last of `0-31: "name"`, and those of `+32: "name"` on top. A number that ends a quoted text is none. */
function bitsOf(body: string): number {
  const found = (body.match(/\d+\s*["']?/g) ?? []).filter((text) => !/["']$/.test(text)).map(Number.parseFloat)
  return body.includes('+') ? sum(found) : found.reduce((most, number) => Math.max(most, number), 0)
}

/** How many columns there are and something takes, as it is written, even in quotes. */
function placesOf(body: string): number {
  return sum((body.match(/(?:columns\s+|:\s*)\d+/g) ?? []).map((text) => Number(/\d+/.exec(text)![0])))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
