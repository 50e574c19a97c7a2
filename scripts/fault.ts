import { parseArgs } from 'node:util'
import { abuse } from '../fault/abuse/index.ts'
import { board } from '../fault/board/index.ts'
import { cluster } from '../fault/cluster/index.ts'
import type { Fault, Outcome } from '../fault/fault.ts'
import { heavyRequests } from '../fault/heavy-requests/index.ts'
import { hostileContent } from '../fault/hostile-content/index.ts'
import { kill } from '../fault/kill/index.ts'
import { migrationsFault } from '../fault/migrations/index.ts'
import { reconnect } from '../fault/reconnect/index.ts'
import { simulation } from '../fault/simulation/index.ts'
import { sql } from '../fault/sql/index.ts'
import { volumes } from '../fault/volumes/index.ts'
import { buildStale } from './build.ts'

const faults: readonly Fault[] = [
  simulation,
  kill,
  cluster,
  migrationsFault,
  reconnect,
  abuse,
  heavyRequests,
  hostileContent,
  sql,
  board,
  volumes,
]
const shownPerCase = 5

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, only: { type: 'string' }, count: { type: 'string' } },
})
const unknown = asked.filter((name) => !faults.some((fault) => fault.name === name))
if (unknown.length > 0) {
  console.error(`There is no fault ${unknown.join(', ')}; there are: ${faults.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}
if (!(await buildStale())) process.exit(1)
const seed = Number(values.seed ?? Date.now() % 1_000_000)

const rows: string[][] = [['fault', 'case', 'tried', '']]
let failed = false
for (const fault of faults) {
  if (asked.length > 0 && !asked.includes(fault.name)) continue
  console.log(`${fault.name}, seed ${seed} …`)
  const started = performance.now()
  const outcomes = await fault.run({ seed, only: values.only, count: values.count ? Number(values.count) : undefined })
  console.log(`${fault.name} took ${((performance.now() - started) / 1000).toFixed(1)} s`)
  for (const outcome of outcomes) {
    rows.push([fault.name, outcome.what, outcome.tried, verdict(outcome)])
    failed ||= outcome.violations.length > 0
    for (const { case: where, what } of outcome.violations.slice(0, shownPerCase)) {
      // Only what is named by its seed can be had again by itself; the rest is a matter of time as well.
      const alone = where.includes('@') ? ` --only ${where}` : ''
      console.error(`\n✗ ${where}: ${what}\n  again: pnpm fault ${fault.name} --seed ${seed}${alone}`)
    }
  }
}

console.log(`\n${table(rows)}\n\nseed ${seed}`)
process.exitCode = failed ? 1 : 0

function verdict({ violations }: Outcome): string {
  return violations.length === 0 ? '✓' : `✗ ${violations.length}`
}

function table(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
