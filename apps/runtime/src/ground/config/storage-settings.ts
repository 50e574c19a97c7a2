import { ConfigError, type StorageSettings } from './config.ts'
import type { ConfigFile } from './config-file.ts'
import type { Env, StorageEnv } from './env/env.ts'

/** The one place of a file that names the variable that the address is in; nothing is read from any other there. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file says it
const ofEnvironment = '${LOOMCYCLE_PG_DSN}'

/** Where the address of the Postgres stands in a file: what a variable holds is not put there. */
export function isDsnPlace(path: readonly string[]): boolean {
  return path.join('.') === 'storage.pg_dsn'
}

/** The environment goes before the file. */
export function storageSettings(
  fields: NonNullable<ConfigFile['storage']> = {},
  env: StorageEnv,
  replicaId: string | undefined,
): { storage: StorageSettings; warnings: string[] } {
  const backend = env.backend ?? fields.backend ?? 'sqlite'
  const pgDsn = env.pgDsn ?? dsnOfFile(fields.pg_dsn)
  const warnings: string[] = []
  if (backend === 'sqlite') {
    if (replicaId !== undefined) {
      throw new ConfigError(
        'LOOMCYCLE_REPLICA_ID is set, but a SQLite file has one process alone; unset it, or set LOOMCYCLE_STORAGE_BACKEND=postgres and LOOMCYCLE_PG_DSN.',
      )
    }
    if (pgDsn !== undefined) {
      warnings.push(
        'The address of a Postgres is given, but everything is kept in SQLite; set LOOMCYCLE_STORAGE_BACKEND=postgres to use it, or take LOOMCYCLE_PG_DSN and storage.pg_dsn out.',
      )
    }
  } else if (pgDsn === undefined) {
    throw new ConfigError(
      'The storage backend is postgres, but nothing says where that is; set LOOMCYCLE_PG_DSN to postgres://name:password@host/database, or LOOMCYCLE_STORAGE_BACKEND=sqlite.',
    )
  } else if (!/^postgres(?:ql)?:$/.test(URL.parse(pgDsn)?.protocol ?? '')) {
    throw new ConfigError(
      'LOOMCYCLE_PG_DSN is no address of a Postgres; it looks like postgres://name:password@host/database, with % and two digits for what has a meaning in addresses.',
    )
  }
  const pgMaxOpenConns = env.pgMaxOpenConns ?? fields.pg_max_open_conns ?? 32
  return {
    storage: {
      backend,
      ...(backend === 'postgres' && { pgDsn }),
      pgAutomigrate: env.pgAutomigrate ?? fields.pg_automigrate ?? false,
      pgMaxOpenConns,
      pgMinIdleConns: Math.min(env.pgMinIdleConns ?? fields.pg_min_idle_conns ?? 4, pgMaxOpenConns),
    },
    warnings,
  }
}

/** What of it is secret, as the environment has secrets: it may stand in a file. */
export function secretsOfStorage({ pgDsn }: StorageSettings, sqlMemoryDsn: string | undefined): Env {
  return { ...secretsOf('LOOMCYCLE_PG_DSN', pgDsn), ...secretsOf('LOOMCYCLE_SQLMEM_PG_DSN', sqlMemoryDsn) }
}

function secretsOf(name: string, dsn: string | undefined): Env {
  const password = dsn && URL.parse(dsn)?.password
  return { ...(dsn && { [name]: dsn }), ...(password && { [`${name}_PASSWORD`]: decoded(password) }) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function dsnOfFile(given: string | undefined): string | undefined {
  if (given === undefined || given === ofEnvironment) return undefined
  if (!given.includes('${')) return given
  throw new ConfigError(`storage.pg_dsn may be ${ofEnvironment} and no other variable; put the address there.`)
}
