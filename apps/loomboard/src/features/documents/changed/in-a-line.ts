import type { wire } from '@loomcycle/client'
import { sayValue } from '../card/difference.tsx'

type Difference = Pick<wire.DiffChunkOutput, 'changes' | 'diff'>

/** What became of a chunk, in one line: what each field was and is, and how much of the text is new. */
export function inALine({ changes, diff }: Difference): string {
  const fields = Object.entries(changes).flatMap(([name, { from, to }]) =>
    name === 'fields' ? membersOf(from, to) : [`${name} ${short(from)} → ${short(to)}`],
  )
  const { added, removed } = linesOf(diff)
  const text =
    added + removed === 0 ? [] : [`text ${[added && `+${added}`, removed && `−${removed}`].filter(Boolean).join(' ')}`]
  return [...fields, ...text].join(' · ') || 'nothing that shows'
}

/** Fields one by one: those that stayed say nothing. */
function membersOf(from: unknown, to: unknown): string[] {
  const before = (from ?? {}) as Record<string, unknown>
  const after = (to ?? {}) as Record<string, unknown>
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${name} ${short(before[name])} → ${short(after[name])}`)
}

function linesOf(diff: string): { added: number; removed: number } {
  const lines = diff.split('\n').filter((line) => !/^(?:\+\+\+|---) /.test(line))
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}

const longest = 40

function short(value: unknown): string {
  const words = sayValue(value)
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words
}
