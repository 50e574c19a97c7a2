import { existsSync, mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SnapshotRecipe } from './messages.ts'
import { filesOf, runOfFile, scopeFile } from './scope-file.ts'
import type { SqlSandbox, SqlTarget } from './sql-sandbox.ts'
import type { ScopeTarget, SharedRows, UserSql } from './user-sql.ts'

export interface SqliteSqlOptions {
  sandbox: SqlSandbox
  /** Where the databases of scopes are; absolute. */
  root: string
  /** The file that rows are copied from. */
  source: string
}

/** SQL on SQLite: a file a scope, and copies of rows that are others' as well. */
export function sqliteSql({ sandbox, root, source }: SqliteSqlOptions): UserSql {
  const targetOf = ({ place, maxBytes, owner }: ScopeTarget): SqlTarget => ({
    file: scopeFile(root, place),
    recursive: true,
    maxFileBytes: maxBytes,
    owner,
  })
  const made = (target: ScopeTarget): SqlTarget => {
    const { file, ...rest } = targetOf(target)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return { file, ...rest }
  }
  return {
    dialect: { name: 'SQLite', places: '?', advice: ', and sqlite_schema tells the tables of a database' },
    query: (target, statement) => sandbox.query(targetOf(target), statement),
    exec: (target, statement) => sandbox.exec(made(target), statement),
    begin: (target, patience) => sandbox.begin(made(target), patience),
    async drop(place) {
      const file = scopeFile(root, place)
      if (!existsSync(file)) return
      await sandbox.letGoOf(file)
      await removeFiles(file)
    },
    async dropRuns(isAlive) {
      for (const tenant of await readdir(root).catch(() => [])) {
        const dir = join(root, tenant, 'run')
        for (const name of await readdir(dir).catch(() => [])) {
          const runId = runOfFile(name)
          if (runId === undefined || (await isAlive(runId))) continue
          await removeFiles(join(dir, name))
        }
      }
    },
    ask: ({ rows, ...target }, statement) =>
      sandbox.querySnapshot({ ...target, recipe: recipeOf(source, rows) }, statement),
    close: () => sandbox.close(),
  }
}

/** How a copy of rows is made. */
export function recipeOf(source: string, { tables, indexes, report }: SharedRows): SnapshotRecipe {
  const copies = tables.map(({ name, select: { sql, args } }) => ({
    sql: `INSERT INTO main.${name} ${sql}`,
    ...(args && { args }),
  }))
  const steps = [...tables.map(({ create }) => ({ sql: create })), ...copies, ...indexes.map((sql) => ({ sql }))]
  return { source, steps, report }
}

async function removeFiles(file: string) {
  await Promise.all(filesOf(file).map((each) => rm(each, { force: true })))
}
