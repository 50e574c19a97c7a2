import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema/index.ts'
import type { Place } from '../paths/place.ts'
import type { ChangeFeed } from './change-feed.ts'
import { toDocumentChange } from './document-change.ts'
import { listChanges } from './store/changes.ts'

/** Where frames go. */
export interface ChangeSink {
  readonly closed: AbortSignal
  write(text: string): void
  drained(): Promise<void>
}

export interface ChangesToFollow {
  db: Kysely<Schema>
  feed: ChangeFeed
  place: Place
  /** Exclusive. */
  since: number
  documentId?: string | undefined
}

const pageSize = 200

/** Sends every change after `since` once and in order, those to come as they come, until the reader is gone. */
export async function followChanges(
  sink: ChangeSink,
  { db, feed, place, since, documentId }: ChangesToFollow,
): Promise<void> {
  let cursor = since
  let news = false
  let wake = () => {}
  const unfollow = feed.follow(place, () => {
    news = true
    wake()
  })
  const onClosed = () => wake()
  sink.closed.addEventListener('abort', onClosed)
  try {
    while (!sink.closed.aborted) {
      news = false
      const page = await listChanges(db, place, { after: cursor, documentId, limit: pageSize })
      for (const change of page) sink.write(changeFrame(change.seq, toDocumentChange(change)))
      cursor = page.at(-1)?.seq ?? cursor
      await sink.drained()
      if (page.length === pageSize || news || sink.closed.aborted) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    sink.closed.removeEventListener('abort', onClosed)
    unfollow()
  }
}

export function changeFrame(seq: number, change: { type: string }): string {
  return `id: ${seq}\nevent: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`
}
