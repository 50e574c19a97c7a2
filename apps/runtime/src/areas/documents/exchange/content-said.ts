type Members = Record<string, unknown>

/** What a file says of a chunk besides its text. */
export interface ContentSaid {
  title?: string
  type?: string
  status?: string
  fields?: Record<string, unknown>
  tags?: string[]
}

/** Files are written by others, and by hand: what is not of its kind is as if it were not there. */
export function contentSaid(said: Members): ContentSaid {
  const { fields, tags } = said
  return {
    ...textsOf(said, ['title', 'type', 'status']),
    ...(isMembers(fields) ? { fields } : {}),
    ...(Array.isArray(tags) ? { tags: tags.filter((tag) => typeof tag === 'string') } : {}),
  }
}

export function textsOf<K extends string>(said: Members, keys: readonly K[]): { [key in K]?: string } {
  const texts = keys.filter((key) => typeof said[key] === 'string').map((key) => [key, said[key]])
  return Object.fromEntries(texts)
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
