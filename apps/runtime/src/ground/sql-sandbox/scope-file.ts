import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { SqlPlace } from './user-sql.ts'

const SHOWN = 64

/**
 * The database file of a scope. The name can be read by people; what makes it one scope's and nobody else's is the hash of
 * the names as they are, long enough that nobody finds another name for the same file.
 */
export function scopeFile(root: string, { tenantId, scope, scopeId }: SqlPlace): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenantId, scope, scopeId]))
    .digest('hex')
    .slice(0, 24)
  return join(root, readable(tenantId) || 'default', scope, `${readable(scopeId)}-${hash}.db`)
}

/** The run a file of the scope `run` belongs to; ids of runs need no replacing. */
export function runOfFile(name: string): string | undefined {
  return /^(\w+)-[0-9a-f]{24}\.db$/.exec(name)?.[1]
}

/** A database is up to three files. */
export function filesOf(file: string): string[] {
  return [file, `${file}-wal`, `${file}-shm`]
}

function readable(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, SHOWN)
}
