import { ToolError } from '../tool-error.ts'
import { tooLarge } from './too-large.ts'

/** SQLite's words for these say nothing to somebody who does not know how it is set up. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (/disk is full/.test(message)) throw new ToolError(tooLarge)
    if (/database is locked/.test(message)) {
      throw new ToolError('another transaction is open on this database; try again when it is over')
    }
    throw error
  }
}
