import { cpus } from 'node:os'
import { agentRuns } from '../bench/agent-runs.ts'
import type { Measurement } from '../bench/benchmark.ts'
import { channelWake } from '../bench/channel-wake.ts'
import { circuits } from '../bench/circuits.ts'
import { documents } from '../bench/documents.ts'
import { durableEvents } from '../bench/durable-events.ts'
import { firstLoad } from '../bench/first-load.ts'
import { firstToken } from '../bench/first-token.ts'
import { memorySearch } from '../bench/memory-search.ts'
import { replay } from '../bench/replay.ts'
import { startUp } from '../bench/start-up.ts'
import { buildStale } from './build.ts'

const benchmarks = [
  firstToken,
  durableEvents,
  agentRuns,
  channelWake,
  circuits,
  replay,
  memorySearch,
  documents,
  startUp,
  firstLoad,
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are: ${benchmarks.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(1)
}
if (!(await buildStale())) process.exit(1)

const measured: Measurement[] = []
for (const benchmark of benchmarks) {
  if (asked.length > 0 && !asked.includes(benchmark.name)) continue
  console.log(`measuring ${benchmark.name} …`)
  measured.push(...(await benchmark.run()))
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`
console.log(`\n${new Date().toISOString().slice(0, 10)}, ${machine}; medians\n`)
console.log(table([['what', 'measured', 'target', ''], ...measured.map(row)]))

function row({ what, value, target, met }: Measurement): string[] {
  return [what, value, target, met ? '✓' : '✗']
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
