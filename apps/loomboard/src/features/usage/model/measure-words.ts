import { formatCost } from '../../../lib/cost.ts'
import { formatCount } from '../../../lib/format.ts'
import type { Measure, Split } from './report.ts'

export const splitWords: Record<Split, string> = { kind: 'Kind', model: 'Model', agent: 'Agent', person: 'Person' }
export const measureWords: Record<Measure, string> = { tokens: 'Tokens', cost: 'Cost', calls: 'Calls' }

/** A value of a chart, short. */
export function valueInWords(value: number, measure: Measure, currency: string | undefined): string {
  return measure === 'cost' ? formatCost(value, currency ?? '') : formatCount(value)
}

/** 3 Nov */
export function dayInWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}
