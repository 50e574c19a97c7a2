import { ToolError } from '../../ground/tool-error.ts'
import type { ChunkContent } from './chunks/chunk.ts'
import { linkTargets } from './edges/links.ts'

/** So much is indexed and looked through in a moment. */
export const mostCharacters = 256 * 1024
const mostLinks = 5000

/** Refuses a chunk that is no chunk any more but a heap. */
export function requireBounded({ title, body, preamble, fields }: Partial<ChunkContent>): void {
  const characters = (body?.length ?? 0) + (preamble?.length ?? 0) + (fields ? JSON.stringify(fields).length : 0)
  if (characters > mostCharacters) {
    throw new ToolError(
      `${named(title)} has ${characters} characters and may have ${mostCharacters}; put parts of it into chunks of their own`,
    )
  }
  const links = linkTargets(body ?? '').length
  if (links > mostLinks) {
    throw new ToolError(
      `${named(title)} links to ${links} chunks and may link to ${mostLinks}; put parts of it into chunks of their own`,
    )
  }
}

function named(title: string | undefined): string {
  return title ? `the chunk "${title.slice(0, 100)}"` : 'the chunk'
}
