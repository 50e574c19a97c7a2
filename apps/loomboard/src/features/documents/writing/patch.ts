import type { wire } from '@loomcycle/client'
import { agreedText, mergeText } from './merge/merge-text.ts'

/** A part of a chunk that is changed by itself; fields one by one. */
export type Key = 'title' | 'body' | 'status' | 'type' | 'tags' | `fields.${string}`

/** New values; null takes a field away. */
export interface Patch {
  readonly title?: string
  readonly body?: string
  readonly status?: string
  readonly type?: string
  readonly tags?: string[]
  readonly [field: `fields.${string}`]: unknown
}

/** What a patch is laid over. The outline's chunks have no body. */
export interface Content {
  title: string
  body?: string
  status?: string
  type?: string
  tags?: string[]
  fields?: Record<string, unknown>
}

const field = (key: Key) => (key.startsWith('fields.') ? key.slice('fields.'.length) : undefined)

export function keysOf(patch: Patch): Key[] {
  return Object.keys(patch) as Key[]
}

export function partOf(content: Content, key: Key): unknown {
  const name = field(key)
  if (name !== undefined) return content.fields?.[name] ?? null
  if (key === 'tags') return content.tags ?? []
  return content[key as 'title' | 'body' | 'status' | 'type'] ?? ''
}

export function partsOf(content: Content, keys: readonly Key[]): Patch {
  return Object.fromEntries(keys.map((key) => [key, partOf(content, key)]))
}

export function pick(patch: Patch, keys: readonly Key[]): Patch {
  return Object.fromEntries(keys.map((key) => [key, patch[key]]))
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * A part that two have changed, as both want it; undefined where that cannot be. Tags come and go one by one, a text is
 * put together block by block.
 */
export function merged(
  key: Key,
  { before, mine, theirs }: { before: unknown; mine: unknown; theirs: unknown },
): unknown {
  if (same(theirs, before) || same(theirs, mine)) return mine
  if (key === 'body') return agreedText(mergeText(String(before), String(mine), String(theirs)))
  return key === 'tags' ? withTags(theirs as string[], tagChange(before as string[], mine as string[])) : undefined
}

interface TagChange {
  add_tags: string[]
  remove_tags: string[]
}

function tagChange(before: readonly string[], after: readonly string[]): TagChange {
  return {
    add_tags: after.filter((tag) => !before.includes(tag)),
    remove_tags: before.filter((tag) => !after.includes(tag)),
  }
}

function withTags(tags: readonly string[], { add_tags, remove_tags }: TagChange): string[] {
  return [...new Set([...tags.filter((tag) => !remove_tags.includes(tag)), ...add_tags])]
}

export function withPatch<C extends Content>(content: C, patch: Patch): C {
  const next: Content = { ...content }
  for (const key of keysOf(patch)) {
    const name = field(key)
    const value = patch[key]
    if (name === undefined) Object.assign(next, { [key]: value })
    else {
      const { [name]: _, ...others } = next.fields ?? {}
      next.fields = value === null ? others : { ...next.fields, [name]: value }
    }
  }
  return next as C
}

/** What changes of a chunk; of its tags, only what differs from `before`: others may have put some there meanwhile. */
export function toChange(patch: Patch, before: Patch): Omit<wire.UpdateChunkInput, 'id' | 'revision'> {
  const { tags, ...rest } = patch
  return { ...toInput(rest), ...(tags ? tagChange(before.tags ?? [], tags) : {}) }
}

function toInput(
  patch: Patch,
): Pick<wire.UpdateChunkInput, 'title' | 'body' | 'status' | 'type' | 'tags' | 'set_fields'> {
  const own = keysOf(patch).filter((key) => field(key) === undefined)
  const set = keysOf(patch).flatMap((key) => {
    const name = field(key)
    return name === undefined ? [] : [[name, patch[key]] as const]
  })
  return { ...pick(patch, own), ...(set.length > 0 ? { set_fields: Object.fromEntries(set) } : {}) }
}

/** What of it a new chunk says, besides its title. */
export function toContent(patch: Patch): Pick<wire.CreateChunkInput, 'body' | 'status' | 'type' | 'tags' | 'fields'> {
  const { title: _, set_fields, ...content } = toInput(patch)
  const fields = Object.entries(set_fields ?? {}).filter(([, value]) => value !== null)
  return { ...content, ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}) }
}

/** What a part is called in a sentence. */
export function keyName(key: Key): string {
  return key === 'body' ? 'text' : (field(key)?.replaceAll('_', ' ') ?? key)
}
