export interface Statement {
  sql: string
  /** A function is asked when the statement runs, for what has to follow the order of commits. */
  parameters: readonly unknown[] | (() => readonly unknown[])
  /** The unit fails, and undoes itself, when this statement changes no row. */
  mustChange?: boolean
}

export function parametersOf({ parameters }: Statement): readonly unknown[] {
  return typeof parameters === 'function' ? parameters() : parameters
}

export interface WriteOptions {
  /** It is large, and whatever others write may be written before it; nothing of that relies on it. */
  patient?: boolean
}
