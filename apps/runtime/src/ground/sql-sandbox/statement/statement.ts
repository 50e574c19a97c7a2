import type { Variable } from './parameters.ts'

/** What a statement does and names, in whichever dialect it was written. */
export interface Statement {
  kind: 'query' | 'change' | 'schema' | 'transaction' | 'other'
  /** Whether it is one that adds rows, and whether it may change one that is there instead. */
  inserts: boolean
  mayUpdateInstead: boolean
  /** As in a sentence about it: SELECT, CREATE TEMP TABLE. */
  verb: string
  /** What it makes lasts no longer than the connection. */
  temporary: boolean
  /** Tables and views, but not what its own WITH defines. */
  tables: Name[]
  /** Those that are called like a function, in FROM and after IN. */
  tableFunctions: Name[]
  functions: string[]
  /** Places for values. */
  variables: Variable[]
}

export interface Name {
  name: string
  schema?: string
}

/** A text that is not one whole statement; the message says where it stops being one. */
export class UnreadableStatement extends Error {}

/** Names are the same whatever the case of their letters from A to Z, and of those only. */
export function folded(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

const longestQuoted = 120

/** What somebody wrote, as part of a sentence about it. */
export function shortened(text: string): string {
  return text.length > longestQuoted ? `${text.slice(0, longestQuoted)}…` : text
}
