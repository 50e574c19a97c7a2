import type { TurnUsage } from '../types.ts'

type Cost = TurnUsage['cost']

/** Both together, in the currency of the first; nothing where neither has a price. */
export function addCost(before: Cost, more: Cost): Pick<TurnUsage, 'cost'> {
  if (!before || !more) {
    const cost = before ?? more
    return cost ? { cost } : {}
  }
  const { currency } = before
  return { cost: more.currency === currency ? { amount: before.amount + more.amount, currency } : before }
}
