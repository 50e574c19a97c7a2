import { UniqueError } from './errors.ts'

/** Extended codes of SQLite: a primary key, a unique index, a row's own number. */
const codes = new Set([1555, 2067, 2579])

/** What SQLite says about a row that is there already; it names table and columns in its sentence and nowhere else. */
export function uniqueError(error: unknown): UniqueError | undefined {
  const { code, errcode = 0, message } = error as NodeJS.ErrnoException & { errcode?: number }
  if (code !== 'ERR_SQLITE_ERROR' || !codes.has(errcode)) return undefined
  const names = message.slice(message.indexOf(': ') + 2).split(', ')
  const [table = ''] = names[0]!.split('.')
  return new UniqueError(
    table,
    names.map((name) => name.slice(table.length + 1)),
    error,
  )
}
