import { ToolError } from '../../ground/tool-error.ts'
import type { ChunkContent } from './chunks/chunk.ts'
import type { FieldSpec } from './chunks/field-kinds.ts'
import { linkTargets } from './edges/links.ts'

/** So much is indexed and looked through in a moment. */
export const mostCharacters = 256 * 1024
const mostLinks = 5000
/** Of one document, or of all in a scope together. */
const mostTypes = 200
const mostTypeCharacters = 64 * 1024
/** A question in SQL has no more columns either. */
export const mostFields = 500
const mostOptions = 500
const longestName = 200

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

/** Refuses a declaration that is more than a type; every chunk of the type is checked by it. */
export function requireBoundedType(
  text: string,
  { entries, specs }: { entries: number; specs: readonly FieldSpec[] } = { entries: 0, specs: [] },
): void {
  requireAtMost(text.length, mostTypeCharacters, 'characters in the fields of a type')
  requireAtMost(entries, mostFields, 'fields of a type')
  for (const { name, options = [] } of specs) {
    requireAtMost(name.length, longestName, 'characters in the name of a field')
    requireAtMost(options.length, mostOptions, `options of the field "${name}"`)
    const longest = options.reduce((most, option) => Math.max(most, option.length), 0)
    requireAtMost(longest, longestName, `characters in an option of the field "${name}"`)
  }
}

/** For one more. */
export function requireRoomForType(types: number): void {
  requireAtMost(types + 1, mostTypes, 'types in one document, or in a scope for all of its documents')
}

function requireAtMost(given: number, most: number, what: string): void {
  if (given > most) throw new ToolError(`these would be ${given} ${what}, and there may be ${most}`)
}

function named(title: string | undefined): string {
  return title ? `the chunk "${title.slice(0, 100)}"` : 'the chunk'
}
