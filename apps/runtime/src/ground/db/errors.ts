/** Nothing changed where a row had to: somebody else was faster. */
export class NothingChangedError extends Error {
  override name = 'NothingChangedError'
}

/** There is a row like it already. */
export class UniqueError extends Error {
  override name = 'UniqueError'
  readonly table: string
  /** That no other row may have the same of. */
  readonly columns: readonly string[]

  constructor(table: string, columns: readonly string[], cause: unknown) {
    super(`${table} has a row with the same ${columns.join(', ')}`, { cause })
    this.table = table
    this.columns = columns
  }
}
