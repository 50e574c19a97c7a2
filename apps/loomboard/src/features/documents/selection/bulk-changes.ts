import { plural } from '../../../lib/format.ts'
import { humanName } from '../model/field-chips.ts'
import type { OutlineChunk } from '../model/outline.ts'
import type { Statuses } from '../teams/statuses.ts'
import { type Key, type Patch, partOf, same } from '../writing/patch.ts'

export interface Changes {
  changes: { id: string; patch: Omit<Patch, 'body'> }[]
  /** What is undone with it. */
  label: string
}

/** What several chunks get to have the same of; those that have it already are left alone. */
export function settingAll(chunks: readonly OutlineChunk[], key: Key, value: unknown): Changes {
  const others = chunks.filter((chunk) => !same(partOf(chunk, key), value))
  const what = key.startsWith('fields.') ? humanName(key.slice('fields.'.length)) : key
  return {
    changes: others.map(({ id }) => ({ id, patch: { [key]: value } as Patch })),
    label: `setting the ${what} of ${plural(others.length, 'chunk')}`,
  }
}

/** The same for a status: those that may not have it stay, and one of the reasons is told. */
export function settingStatus(
  chunks: readonly OutlineChunk[],
  status: string,
  { refusal }: Pick<Statuses, 'refusal'>,
): Changes & { refused: string | undefined } {
  const allowed = chunks.filter((chunk) => refusal(chunk, status) === undefined)
  const refused = chunks.map((chunk) => refusal(chunk, status)).find(Boolean)
  return { ...settingAll(allowed, 'status', status), refused }
}

/** One tag more, or one less. */
export function taggingAll(chunks: readonly OutlineChunk[], tag: string, isOn: boolean): Changes {
  const others = chunks.filter(({ tags = [] }) => tags.includes(tag) !== isOn)
  return {
    changes: others.map(({ id, tags = [] }) => ({
      id,
      patch: { tags: isOn ? [...tags, tag] : tags.filter((each) => each !== tag) },
    })),
    label: `${isOn ? 'tagging' : 'untagging'} ${plural(others.length, 'chunk')}`,
  }
}

/** How many of them have which of these values, by value. */
export function countOf(chunks: readonly OutlineChunk[], key: Key): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const chunk of chunks) {
    const value = partOf(chunk, key)
    for (const each of Array.isArray(value) ? value : [value ?? '']) {
      counts.set(String(each), (counts.get(String(each)) ?? 0) + 1)
    }
  }
  return counts
}
