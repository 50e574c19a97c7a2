import type { ChangeFeed } from './change-feed.ts'
import { framesOf } from './shared-frames.ts'

/** Where frames go. */
export interface ChangeSink {
  readonly closed: AbortSignal
  write(text: string): void
  drained(): Promise<void>
}

export interface Change {
  seq: number
}

export interface ChangesToFollow {
  feed: ChangeFeed
  /** Whose changes, as the feed knows it. */
  log: string
  /** Exclusive. */
  since: number
  /** What comes after a number, oldest first. */
  list(after: number, limit: number): Promise<readonly Change[]>
}

const pageSize = 200

/** Sends every change after `since` once and in order, those to come as they come, until the reader is gone. */
export async function followChanges(sink: ChangeSink, { feed, log, since, list }: ChangesToFollow): Promise<void> {
  const frames = framesOf(feed)
  let cursor = since
  let news = false
  let wake = () => {}
  const unfollow = feed.follow(log, () => {
    news = true
    wake()
  })
  const onClosed = () => wake()
  sink.closed.addEventListener('abort', onClosed)
  try {
    while (!sink.closed.aborted) {
      news = false
      const page = await list(cursor, pageSize)
      for (const change of page) {
        sink.write(frames.get(log, change.seq, () => frame(change.seq, 'change', change)))
      }
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

export function frame(seq: number, event: string, data: object): string {
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
