import { isHarmlessFunction } from '../functions.ts'
import type { SqlMode } from '../messages.ts'
import { folded, type Name, type Statement, shortened } from './statement.ts'

/** What a statement may name; everything is folded. */
export interface NameRules {
  schemas: readonly string[]
  mayName(table: string): boolean
  mayCall(table: string): boolean
}

const tableFunctions = ['json_each', 'json_tree']
/** Of the database as a whole, of this process, and of what lasts no longer than a connection. */
const ofTheSystem = /^(pragma_.*|dbstat|sqlite_dbpage|sqlite_stmt|sqlite_temp_.*|bytecode|tables_used|fts3tokenize)$/

/** Where the caller sees a few views and nothing besides. */
export function onlyViews(views: readonly string[]): NameRules {
  const names = new Set([...views.map(folded), ...tableFunctions])
  return { schemas: [], mayName: (table) => names.has(table), mayCall: (table) => tableFunctions.includes(table) }
}

/** Where the database is the caller's own, its schema included: tables are whatever the caller made. */
export const ownDatabase: NameRules = {
  schemas: ['main'],
  mayName: (table) => !ofTheSystem.test(table),
  // Full-text search can be asked by calling its table.
  mayCall: (table) => !ofTheSystem.test(table) && !table.startsWith('sqlite_'),
}

const wanted = { query: ['query'], exec: ['change', 'schema'] } as const
const beginnings = { query: 'SELECT, WITH, VALUES', exec: 'INSERT, UPDATE, DELETE, REPLACE, WITH, CREATE, DROP, ALTER' }

/** Why a statement may not run, as a sentence; undefined where nothing it does or names is closed. */
export function refusalOf(statement: Statement, mode: SqlMode, rules: NameRules): string | undefined {
  return refusalOfKind(statement, mode) ?? refusalOfNames(statement, rules)
}

function refusalOfKind({ kind, verb, temporary }: Statement, mode: SqlMode): string | undefined {
  if ((wanted[mode] as readonly string[]).includes(kind)) return temporary ? `${verb} is not open here` : undefined
  if (kind === 'transaction') return `${verb} is not a statement here; transactions have ops of their own`
  if (kind === 'query') return `${verb} only reads; ask for it as a query`
  if (kind === 'change' || kind === 'schema') return `${verb} changes data, and this only reads`
  return `${verb} is not open here; a statement begins with ${beginnings[mode]}`
}

function refusalOfNames({ tables, tableFunctions, functions }: Statement, rules: NameRules): string | undefined {
  const closed = (name: Name, may: (table: string) => boolean) =>
    (name.schema !== undefined && !rules.schemas.includes(folded(name.schema))) || !may(folded(name.name))
  const table =
    tables.find((name) => closed(name, rules.mayName)) ?? tableFunctions.find((name) => closed(name, rules.mayCall))
  if (table) {
    const shown = [table.schema, table.name].filter((part) => part !== undefined).join('.')
    return `there is no table or view "${shortened(shown)}" that this statement may read`
  }
  const unknown = functions.find((name) => !isHarmlessFunction(name))
  return unknown === undefined ? undefined : `the function ${shortened(unknown)} is not open here`
}
