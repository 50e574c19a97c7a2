import pg from 'pg'

const { builtins } = pg.types
/** Whole numbers come as numbers, as from SQLite; none of ours is larger than a number can be exactly. */
const asNumbers: ReadonlySet<number> = new Set([builtins.INT8, builtins.NUMERIC])
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (asNumbers.has(oid)) return Number
    if (oid === builtins.BOOL) return (text: string) => (text === 't' ? 1 : 0)
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/** What every connection of ours is made with. A statement that somebody has left open lets go of its locks soon. */
export function clientConfig(dsn: string): pg.ClientConfig {
  return {
    connectionString: dsn,
    application_name: 'loomcycle',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    types,
  }
}

/** A value as `pg` takes it: bytes are a Buffer, a truth is a number as in SQLite, and no text of Postgres has a NUL. */
export function toParameter(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Uint8Array && !Buffer.isBuffer(value)) return Buffer.from(value)
  return value
}
