export interface Benchmark {
  name: string
  /** Measures on a process of its own and cleans up behind itself. */
  run(): Promise<Measurement[]>
}

export interface Measurement {
  what: string
  value: string
  /** Absent where the figure only stands beside another one. */
  target?: { limit: string; met: boolean }
}

export function atMost(what: string, value: number, limit: number, unit: string): Measurement {
  return { what, value: `${round(value)} ${unit}`, target: { limit: `≤ ${round(limit)} ${unit}`, met: value <= limit } }
}

export function atLeast(what: string, value: number, limit: number, unit: string): Measurement {
  return { what, value: `${round(value)} ${unit}`, target: { limit: `≥ ${round(limit)} ${unit}`, met: value >= limit } }
}

export function noted(what: string, value: number, unit: string): Measurement {
  return { what, value: `${round(value)} ${unit}` }
}

export function median(values: number[]): number {
  return percentile(values, 50)
}

export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = Math.ceil((percent / 100) * sorted.length) - 1
  return sorted[Math.max(0, at)] ?? Number.NaN
}

export function round(value: number): string {
  return value
    .toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
    .replaceAll(',', ' ')
}
