import type { Part, ThinkingPart, ToolPart, Turn } from '../types.ts'
import { sliceGrowing, sliceText } from './text-slices.ts'

export type ActivityPart = ThinkingPart | ToolPart

/** What the transcript draws, top to bottom. */
export type Row =
  | { kind: 'input'; id: string; turn: Turn }
  | { kind: 'part'; id: string; turn: Turn; part: Exclude<Part, ActivityPart> }
  | { kind: 'activity'; id: string; turn: Turn; parts: readonly ActivityPart[] }
  | { kind: 'end'; id: string; turn: Turn }

const known = new WeakMap<Turn, readonly Row[]>()
const knownWhole = new WeakMap<Turn, readonly Row[]>()

/** The rows of a turn; the same array for the same turn. Whole where the turn has grown before somebody's eyes. */
export function rowsOf(turn: Turn, whole = false): readonly Row[] {
  const cache = whole ? knownWhole : known
  let rows = cache.get(turn)
  if (!rows) cache.set(turn, (rows = buildRows(turn, whole)))
  return rows
}

function buildRows(turn: Turn, whole: boolean): Row[] {
  const rows: Row[] = []
  if (turn.input) rows.push({ kind: 'input', id: `${turn.id}:in`, turn })
  const asked = new Set(turn.parts.flatMap((part) => (part.kind === 'question' ? [part.callId] : [])))
  for (const part of turn.parts) {
    if (part.kind === 'tool' && isSaidElsewhere(part, asked)) continue
    const last = rows.at(-1)
    if (part.kind === 'text')
      for (const piece of whole ? sliceGrowing(part) : sliceText(part))
        rows.push({ kind: 'part', id: piece.id, turn, part: piece })
    else if (part.kind !== 'tool' && part.kind !== 'thinking') rows.push({ kind: 'part', id: part.id, turn, part })
    else if (last?.kind === 'activity') rows[rows.length - 1] = { ...last, parts: [...last.parts, part] }
    else rows.push({ kind: 'activity', id: part.id, turn, parts: [part] })
  }
  const last = rows.at(-1)
  // Compacted after the turn: the mark stands between it and what follows.
  const after = turn.status !== 'working' && last?.kind === 'part' && last.part.kind === 'compaction' ? [last] : []
  if (after.length > 0) rows.pop()
  return [...rows, { kind: 'end', id: `${turn.id}:end`, turn }, ...after]
}

/** A call that asks or says something is drawn as what it asks or says. */
function isSaidElsewhere(part: ToolPart, asked: ReadonlySet<string | undefined>): boolean {
  if (part.name !== 'Interruption') return false
  const { op } = (part.input ?? {}) as { op?: unknown }
  return asked.has(part.callId) || (op === 'notify' && part.state === 'done')
}

/** A turn that was over when it came is drawn from its end; this much of it stands below the list. */
const liveChars = 5000

function startOfEnd(rows: readonly Row[]): number {
  let chars = 0
  let from = rows.length
  while (from > 0 && rows.length - from < liveRows) {
    const row = rows[from - 1]!
    chars += row.kind === 'part' && row.part.kind === 'text' ? row.part.text.length : 400
    if (chars > liveChars && from < rows.length - 1) break
    from--
  }
  return from
}

/** Of a very long answer, what is done is left to the list. */
const liveSlices = 2

function startOfLive(rows: readonly Row[]): number {
  const many = Math.max(0, Math.floor((rows.length - liveRows) / liveRows) * liveRows)
  const last = rows.findLastIndex((row) => row.kind === 'part' && row.part.kind === 'text')
  const row = rows[last]
  const slices = row?.kind === 'part' ? Number(/\.(\d+)$/.exec(row.id)?.[1] ?? 0) : 0
  return Math.max(many, slices < liveSlices ? 0 : last - liveSlices + 1)
}

/** Rows stay out of the virtual list while they may still change; of a very long turn only the last ones do. */
const liveRows = 24

export interface TranscriptRows {
  settled: readonly Row[]
  live: readonly Row[]
}

/** Rows of a growing conversation; the settled ones are the same array until one is added. */
export function createRowBuilder(): (turns: readonly Turn[]) => TranscriptRows {
  let earlier: readonly Turn[] = []
  let earlierRows: readonly Row[] = []
  let settled: readonly Row[] = []
  let settledOfLast = 0
  const watched = new Set<string>()
  return (turns) => {
    const last = turns.at(-1)
    if (!last) return { settled: [], live: [] }
    const same = earlier.length === turns.length - 1 && earlier.every((turn, i) => turn === turns[i])
    if (last.status === 'working') watched.add(last.id)
    const grows = watched.has(last.id)
    const rows = rowsOf(last, grows)
    const cut = grows ? startOfLive(rows) : startOfEnd(rows)
    if (!same) {
      earlier = turns.slice(0, -1)
      earlierRows = earlier.flatMap((turn) => rowsOf(turn))
    }
    if (!same || cut !== settledOfLast) settled = cut ? [...earlierRows, ...rows.slice(0, cut)] : earlierRows
    settledOfLast = cut
    return { settled, live: rows.slice(cut) }
  }
}

export interface ActivitySummary {
  tools: number
  failed: number
  running: number
  /** Memory ×3, Context */
  names: string
  ms: number
}

export function summariseActivity(parts: readonly ActivityPart[], now: number): ActivitySummary {
  const tools = parts.filter((part): part is ToolPart => part.kind === 'tool')
  const counts = new Map<string, number>()
  for (const tool of tools) counts.set(tool.name, (counts.get(tool.name) ?? 0) + 1)
  const start = parts.reduce((first, part) => Math.min(first, part.startedAt), Number.POSITIVE_INFINITY)
  const end = parts.reduce((last, part) => Math.max(last, part.endedAt ?? now), Number.NEGATIVE_INFINITY)
  return {
    tools: tools.length,
    failed: tools.filter((tool) => tool.state === 'failed').length,
    running: tools.filter((tool) => tool.state === 'running').length,
    names: [...counts].map(([name, n]) => (n > 1 ? `${name} ×${n}` : name)).join(', '),
    ms: Math.max(0, end - start),
  }
}
