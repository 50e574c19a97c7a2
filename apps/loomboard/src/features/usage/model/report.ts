import type { UsageAggregate } from '@loomcycle/client'

export const splits = ['kind', 'model', 'agent', 'person'] as const
export type Split = (typeof splits)[number]

export const measures = ['tokens', 'cost', 'calls'] as const
export type Measure = (typeof measures)[number]

const kinds = [
  ['input_tokens', 'Input'],
  ['output_tokens', 'Output'],
  ['cache_read_tokens', 'Cache read'],
  ['cache_creation_tokens', 'Cache write'],
] as const

/** What was taken, added up. */
export interface Sum {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
  calls: number
  unpriced: number
  /** By currency. */
  costs: ReadonlyMap<string, number>
}

export interface Total extends Sum {
  name: string
}

export interface Series {
  name: string
  /** One for each day. */
  values: number[]
}

const nothing: Sum = {
  ...{ input: 0, output: 0, cacheRead: 0, cacheWrite: 0, calls: 0, unpriced: 0 },
  costs: new Map(),
}

function add(sum: Sum, row: UsageAggregate): Sum {
  const costs = new Map(sum.costs)
  if (row.currency) costs.set(row.currency, (costs.get(row.currency) ?? 0) + row.cost)
  return {
    input: sum.input + row.input_tokens,
    output: sum.output + row.output_tokens,
    cacheRead: sum.cacheRead + row.cache_read_tokens,
    cacheWrite: sum.cacheWrite + row.cache_creation_tokens,
    calls: sum.calls + row.call_count,
    unpriced: sum.unpriced + row.unpriced_calls,
    costs,
  }
}

export const tokensOf = ({ input, output, cacheRead, cacheWrite }: Sum) => input + output + cacheRead + cacheWrite

export function sumOf(rows: readonly UsageAggregate[]): Sum {
  return rows.reduce(add, nothing)
}

/** What each of them took, the most first; by days in their order. */
export function totalsOf(rows: readonly UsageAggregate[], split: Split): Total[] {
  const sums = new Map<string, Sum>()
  for (const row of rows) {
    const name = split === 'kind' ? (row.day ?? '') : nameOf(row, split)
    sums.set(name, add(sums.get(name) ?? nothing, row))
  }
  const totals = [...sums].map(([name, sum]): Total => ({ ...sum, name }))
  return split === 'kind'
    ? totals.toSorted((a, b) => b.name.localeCompare(a.name))
    : totals.toSorted((a, b) => tokensOf(b) - tokensOf(a) || b.calls - a.calls)
}

/** More than these are drawn as one. */
const mostSeries = 6
export const othersName = 'Others'

/** What is drawn: a line of values for each of them, by day; the largest first. Cost is of one currency. */
export function seriesOf(
  rows: readonly UsageAggregate[],
  { split, measure, currency, days }: { split: Split; measure: Measure; currency?: string; days: readonly string[] },
): Series[] {
  const at = new Map(days.map((day, i) => [day, i]))
  const all = new Map<string, number[]>()
  const put = (name: string, day: string | undefined, value: number) => {
    const i = at.get(day ?? '')
    if (i === undefined) return
    const values = all.get(name) ?? days.map(() => 0)
    values[i]! += value
    all.set(name, values)
  }
  for (const row of rows) {
    if (measure === 'cost' && row.currency !== currency) continue
    if (split === 'kind' && measure === 'tokens') for (const [key, name] of kinds) put(name, row.day, row[key])
    else put(split === 'kind' ? 'All' : nameOf(row, split), row.day, measured(row, measure))
  }
  const series = [...all].map(([name, values]): Series => ({ name, values }))
  // Kinds have an order of their own, which is the same whatever was taken.
  return split === 'kind' ? series : withoutTail(series.toSorted((a, b) => total(b) - total(a)))
}

const total = ({ values }: Series) => values.reduce((sum, value) => sum + value, 0)

function withoutTail(series: readonly Series[]): Series[] {
  if (series.length <= mostSeries) return [...series]
  const rest = series.slice(mostSeries - 1)
  const values = rest[0]!.values.map((_, day) => rest.reduce((sum, one) => sum + one.values[day]!, 0))
  return [...series.slice(0, mostSeries - 1), { name: othersName, values }]
}

function measured(row: UsageAggregate, measure: Measure): number {
  if (measure === 'cost') return row.cost
  if (measure === 'calls') return row.call_count
  return row.input_tokens + row.output_tokens + row.cache_read_tokens + row.cache_creation_tokens
}

function nameOf(row: UsageAggregate, split: Exclude<Split, 'kind'>): string {
  if (split === 'model') return [row.provider, row.model].filter(Boolean).join('/') || 'No model'
  return (split === 'agent' ? row.agent : row.user_id) || (split === 'agent' ? 'No agent' : 'Nobody')
}

/** The one that most was paid in. */
export function mainCurrency({ costs }: Sum): string | undefined {
  return [...costs].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** As a spreadsheet takes it. */
export function toTsv(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, ...rows].map((row) => row.map((cell) => String(cell).replace(/[\t\n\r]/g, ' ')).join('\t')).join('\n')
}
