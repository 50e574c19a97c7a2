import type { ChangeActor } from '@loomcycle/client'
import type { ChunkEdit, Known } from '../chunk-edit.ts'
import { agreedText, mergeText } from './merge-text.ts'

/** Somebody else's change of a text that has been put together with what was being written here. */
export interface PutTogether {
  by: ChangeActor | undefined
  /** Their change: from which revision to which, and what the text was then. */
  from: { revision: number; body: string }
  to: { revision: number; body: string }
}

/** What was put together when an edit has met what the server has; undefined where nothing was. */
export function putTogether(was: ChunkEdit, now: ChunkEdit | undefined, known: Known): PutTogether | undefined {
  const mine = was.waiting.body ?? was.sending?.patch.body
  const body = was.sending?.before.body ?? was.before.body
  if (mine === undefined || body === undefined || known.body === undefined) return undefined
  if (known.body === body || known.body === mine || isDisputed(was) || isDisputed(now)) return undefined
  const from = was.sending?.revision ?? was.revision
  return { by: known.updated_by, from: { revision: from, body }, to: { revision: known.revision, body: known.body } }
}

/** The text without these changes of others; undefined where one cannot be taken out without what was written since. */
export function withoutTheirs(text: string, changes: readonly PutTogether[]): string | undefined {
  return changes.reduceRight<string | undefined>(
    (left, { from, to }) => (left === undefined ? left : agreedText(mergeText(to.body, left, from.body))),
    text,
  )
}

function isDisputed(edit: ChunkEdit | undefined): boolean {
  return edit?.problem?.kind === 'conflict' && edit.problem.keys.includes('body')
}
