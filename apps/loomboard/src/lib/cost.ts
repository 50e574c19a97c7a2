/** Of a cent there may be little: $0.0042. */
export function formatCost(amount: number, currency: string): string {
  const small = amount !== 0 && Math.abs(amount) < 0.1
  try {
    return new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      ...(small && { maximumSignificantDigits: 2, minimumFractionDigits: 0 }),
    }).format(amount)
  } catch {
    // A configuration may call a currency what it likes.
    return `${amount.toFixed(small ? 4 : 2)} ${currency}`
  }
}

/** Of several currencies each. Empty where nothing had a price. */
export function costsInWords(costs: ReadonlyMap<string, number>): string {
  return [...costs].map(([currency, amount]) => formatCost(amount, currency)).join(' + ')
}
