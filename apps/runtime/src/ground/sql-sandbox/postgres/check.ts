import { ToolError } from '../../tool-error.ts'
import type { RunStatement } from '../messages.ts'
import type { PostgresReader } from '../statement/postgres-reader.ts'
import type { PostgresText } from '../statement/read-postgres.ts'

/** Throws why a statement may not run: for what it does or names, or for its values. */
export async function check(
  reader: PostgresReader,
  { statement, mode, args }: Pick<RunStatement, 'statement' | 'mode' | 'args'>,
  names: Pick<PostgresText, 'described' | 'recursive'>,
): Promise<void> {
  const { places } = await reader.read({ text: statement, mode, ...names })
  if (places === args.length) return
  const wanted =
    places === 1
      ? '1 place for a value ($1)'
      : places
        ? `${places} places for values ($1, …)`
        : 'no places for values ($1)'
  throw new ToolError(
    `the statement has ${wanted} and args has ${args.length}; pass one for each, null where NULL is meant`,
  )
}
