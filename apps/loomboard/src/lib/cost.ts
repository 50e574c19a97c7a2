/** Of a cent there may be little: $0.0042; where there are no cents, of the whole: ¥0.22. */
export function formatCost(amount: number, currency: string): string {
  const isSmall = (digits: number) => amount !== 0 && Math.abs(amount) < 10 ** (1 - digits)
  try {
    const usual = new Intl.NumberFormat('en', { style: 'currency', currency })
    const digits = usual.resolvedOptions().maximumFractionDigits ?? 2
    if (!isSmall(digits)) return usual.format(amount)
    const exact = { maximumSignificantDigits: 2, minimumFractionDigits: 0 }
    return new Intl.NumberFormat('en', { style: 'currency', currency, ...exact }).format(amount)
  } catch {
    // A configuration may call a currency what it likes.
    return `${amount.toFixed(isSmall(2) ? 4 : 2)} ${currency}`
  }
}

/** Of several currencies each. Empty where nothing had a price. */
export function costsInWords(costs: ReadonlyMap<string, number>): string {
  return costLines(costs).join(' + ')
}

export function costLines(costs: ReadonlyMap<string, number>): string[] {
  return [...costs].map(([currency, amount]) => formatCost(amount, currency))
}
