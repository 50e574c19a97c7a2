import { cpus } from 'node:os'
import type { Benchmark, Measurement } from '../bench/benchmark.ts'
import { buildStale } from './build.ts'

/** Runs the benchmarks that were asked for, all of them unless some were named, and prints them beside their targets. */
export async function measure(benchmarks: readonly Benchmark[], asked: readonly string[]): Promise<void> {
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
}

function row({ what, value, target }: Measurement): string[] {
  return target ? [what, value, target.limit, target.met ? '✓' : '✗'] : [what, value, '', '']
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
