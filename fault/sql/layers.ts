import { constants, DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isAllowed, type Rules } from '../../apps/runtime/src/ground/sql-sandbox/authorizer.ts'
import { SandboxConnection } from '../../apps/runtime/src/ground/sql-sandbox/connection.ts'
import type { SqlView } from '../../apps/runtime/src/ground/sql-sandbox/messages.ts'
import { readSqlite } from '../../apps/runtime/src/ground/sql-sandbox/statement/read-sqlite.ts'
import { onlyViews, refusalOf } from '../../apps/runtime/src/ground/sql-sandbox/statement/refusal.ts'
import { ownViews, viewColumns } from './own-rows.ts'

/** What somebody learns from asking a statement: an answer, or a refusal. */
export type Asked = (statement: string) => string

const maxRows = 50
const views = viewColumns.map(({ name }) => name)

/** The copy alone: no parser before it and no authorizer around it. */
export function bareSnapshot(file: string, shown: readonly SqlView[]): Asked {
  const db = unchanging(file)
  for (const { name, select } of shown) db.exec(`CREATE TEMP VIEW ${name} AS ${select}`)
  return (statement) => outcomeOf(db, statement)
}

/** Everybody's rows, and nothing around them but what `may` be asked. */
export function bareDatabase(
  file: string,
  rules?: (outer: Set<string>, inner: Set<string>, hidden: Set<string>) => Rules,
): Asked {
  const db = unchanging(file)
  const inner = new Set<string>()
  for (const view of ownViews) {
    const [name = '', select] = view.split(/ AS (.*)/s)
    inner.add(`v_${name}`)
    db.exec(`CREATE TEMP VIEW v_${name} AS ${select}; CREATE TEMP VIEW ${name} AS SELECT * FROM v_${name}`)
  }
  const names = db.prepare('SELECT lower(name) AS name FROM main.sqlite_schema').all() as { name: string }[]
  const asked = rules?.(new Set(views), inner, new Set(names.map(({ name }) => name)))
  if (asked)
    db.setAuthorizer((...question) => (isAllowed(asked, question) ? constants.SQLITE_OK : constants.SQLITE_DENY))
  return (statement) => outcomeOf(db, statement)
}

/** As it was before there was anything else. */
export function authorizerAlone(file: string): Asked {
  return bareDatabase(file, (outer, inner, hidden) => ({
    mode: 'query',
    schemaChange: false,
    recursive: false,
    views: { outer, inner, hidden },
  }))
}

/** What the parser says against it, if anything. */
export function refusalBeforeRunning(statement: string): string | undefined {
  try {
    return refusalOf(readSqlite(statement), 'query', onlyViews(views))
  } catch (error) {
    return (error as Error).message
  }
}

/** All layers, as they are put together for a question. */
export function wholeSandbox(file: string, shown: readonly SqlView[]): Asked {
  const connection = new SandboxConnection({ file, readOnly: true, immutable: true, views: shown, recursive: false })
  return (statement) => {
    const args = parametersOf(statement)
    try {
      return JSON.stringify(connection.run({ mode: 'query', statement, args, maxRows, maxBytes: 100_000 }).valueOf())
    } catch (error) {
      return `refused: ${(error as Error).message}`
    }
  }
}

/** Nobody writes to it any more, so nobody has to wait for anybody either. */
function unchanging(file: string): DatabaseSync {
  const url = new URL('?immutable=1', pathToFileURL(file))
  return new DatabaseSync(url, { readOnly: true, enableDoubleQuotedStringLiterals: false })
}

function outcomeOf(db: DatabaseSync, statement: string): string {
  try {
    const prepared = db.prepare(statement)
    prepared.setReturnArrays(true)
    prepared.setReadBigInts(true)
    const rows: string[] = []
    for (const row of prepared.iterate(...(parametersOf(statement) as SQLInputValue[]))) {
      if (rows.length === maxRows) break
      rows.push((row as unknown as unknown[]).map(shown).join('|'))
    }
    return rows.join('\n')
  } catch (error) {
    return `refused: ${(error as Error).message}`
  }
}

function shown(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
}

/** One for every `?`; those with a name are left empty. */
function parametersOf(statement: string): string[] {
  return (statement.match(/\?/g) ?? []).map(() => 'guess')
}
