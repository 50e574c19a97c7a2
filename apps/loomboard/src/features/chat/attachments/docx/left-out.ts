/** Counts what of a document is not in its text, and says it in sentences. */
export class LeftOut {
  private readonly counts = new Map<string, { plural: string; count: number }>()
  private hasDeletions = false

  count(one: string, plural: string): void {
    this.counts.set(one, { plural, count: (this.counts.get(one)?.count ?? 0) + 1 })
  }

  deletion(): void {
    this.hasDeletions = true
  }

  sentences(): string[] {
    const list = [...this.counts].map(([one, { plural, count }]) => `${count} ${count === 1 ? one : plural}`)
    return [
      ...(list.length > 0 ? [`Left out: ${list.join(', ')}.`] : []),
      ...(this.hasDeletions ? ['What was deleted with changes tracked is left out.'] : []),
    ]
  }
}
