import type { BoardColumn, PromptSegment } from '@loomcycle/proto'
import { cutText } from '@loomcycle/proto/wire'
import type { StoredChunk } from '../documents/chunks/chunk.ts'

export const longestBody = 16 * 1024
const longestComment = 4 * 1024

export type Content = PromptSegment['content'][number]

export function cardInWords(
  { title, type, status, tags, fields, body }: StoredChunk,
  column: BoardColumn | undefined,
): string {
  const lines = [
    `Title: ${title}`,
    ...(type === '' ? [] : [`Type: ${type}`]),
    ...(status === '' ? [] : [`Status: ${status}`]),
    ...(column?.about ? [`What belongs into the column "${column.title ?? column.status}": ${column.about}`] : []),
    ...(tags.length > 0 ? [`Tags: ${tags.join(', ')}`] : []),
    ...(fields ? [`Fields: ${cut(JSON.stringify(fields), longestComment)}`] : []),
  ]
  return body === '' ? lines.join('\n') : `${lines.join('\n')}\n\n${cut(body, longestBody)}`
}

/** Who said it, and when. */
export function commentInWords({ actor, updated_at, body }: StoredChunk): string {
  return `${actor.id}, ${new Date(updated_at).toISOString()}:\n${cut(body, longestComment)}`
}

export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${cutText(text, longest)}\n[cut: ${text.length - longest} characters more]`
}

export function trusted(text: string): Content {
  return { type: 'trusted-text', text }
}

/** Somebody’s, between tags. */
export function data(text: string): Content {
  return { type: 'untrusted-block', kind: 'untrusted', text }
}
