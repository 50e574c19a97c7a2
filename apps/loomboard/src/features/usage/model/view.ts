import { findRange, type Range } from './range.ts'
import { type Measure, measures, type Split, splits } from './report.ts'

export interface UsageView {
  range: Range
  split: Split
  measure: Measure
}

const usual: UsageView = { range: 30, split: 'kind', measure: 'tokens' }

/** The view that an address names; what it does not name is as usual. */
export function viewFrom(asked: Readonly<Record<string, unknown>>): UsageView {
  return {
    range: findRange(asked.range) ?? usual.range,
    split: splits.find((one) => one === asked.by) ?? usual.split,
    measure: measures.find((one) => one === asked.measure) ?? usual.measure,
  }
}

/** What an address names of a view. */
export function searchOf({ range, split, measure }: UsageView): { range?: Range; by?: Split; measure?: Measure } {
  return {
    ...(range !== usual.range && { range }),
    ...(split !== usual.split && { by: split }),
    ...(measure !== usual.measure && { measure }),
  }
}
