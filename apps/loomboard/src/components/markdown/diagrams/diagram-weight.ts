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
  return Math.max(body.length / mostChars, letters / mostLetters, weights[kind]!(lines))
}

/** How many lines of a kind are drawn in a moment: each is a thing, or a piece of one. */
const perLine = (most: number) => (lines: string[]) => lines.length / most

const weights: Record<string, (lines: string[]) => number> = {
  flowchart: (lines) =>
    Math.max(lines.length / 80, sumOf(lines, linksOf) / mostLinks, lines.filter(isGroup).length / mostGroups),
  sequence: perLine(40),
  class: perLine(15),
  state: (lines) => Math.max(lines.length / 20, sumOf(lines, (line) => namesOf(line.split(':')[0]!)) / 40),
  er: (lines) => Math.max(lines.length / 20, sumOf(lines, namesOf) / 45),
  gantt: (lines) => Math.max(lines.length / 60, daysOfGantt(lines)),
  pie: perLine(40),
  journey: (lines) => Math.max(lines.length / 20, sumOf(lines, (line) => line.split(',').length) / 60),
  timeline: (lines) => sumOf(lines, (line) => line.split(':').length) / 70,
  mindmap: perLine(16),
  git: perLine(32),
  quadrant: perLine(40),
  xychart: (lines) => sumOf(lines, (line) => line.split(',').length) / 200,
  sankey: perLine(40),
  kanban: perLine(12),
  packet: (lines) => Math.max(lines.length / 60, bitsOf(lines) / 2048),
  block: (lines) => Math.max(sumOf(lines, namesOf) / 18, sumOf(lines, placesOf) / 30),
  architecture: perLine(7),
  requirement: perLine(30),
  c4: perLine(12),
}

function sumOf(lines: string[], count: (line: string) => number): number {
  return sum(lines.map(count))
}

const link = /[-=.]{2,}[->ox)]?|-[->ox)]+|~~~|&/g

/** `a & b --> c & d` is four of them. */
function linksOf(line: string): number {
  const found = line.match(link) ?? []
  const joined = found.filter((mark) => mark === '&').length
  return found.length - joined + joined * joined
}

/** Not every statement needs a line of its own; how two things are joined may be written with letters. */
function namesOf(line: string): number {
  const said = line.replace(/"[^"]*"/g, ' _ ').replace(/[|}o]{2}(?:--|\.\.)[|{o]{2}|\b[PFU]K\b/g, ' ')
  return said.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0
}

function isGroup(line: string): boolean {
  return /\bsubgraph\b/.test(line)
}

/** Up to the last of `0-31: "name"`, and those of `+32: "name"` on top. */
function bitsOf(lines: string[]): number {
  const said = lines.map((line) => line.replace(/"[^"]*"/g, ''))
  return (
    Math.max(...said.flatMap(numbersOf), 0) + sumOf(said, (line) => (line.includes('+') ? sum(numbersOf(line)) : 0))
  )
}

/** Every number that is no part of a name says how many columns something takes. */
function placesOf(line: string): number {
  return sum((line.replace(/"[^"]*"/g, '').match(/(?<![\w-])\d+/g) ?? []).map(Number))
}

function numbersOf(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number)
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
