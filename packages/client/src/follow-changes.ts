import { ChangeCursor } from './change-cursor.ts'
import type { Query } from './http.ts'
import type { StreamContext } from './resources/runs.ts'
import { ResumableStream } from './resumable-stream.ts'
import { resumeSettings } from './resume.ts'
import type { StreamOptions } from './types.ts'
import type { DocumentPresence } from './wire.gen.ts'

interface FollowOptions extends StreamOptions {
  since?: number
  onPresence?: (presence: DocumentPresence) => void
}

/** The changes of a log, each once and in order, for as long as the caller wants. No request is made before the first `next()`. */
export async function* followChanges<T extends { seq: number }>(
  { http, environment, resume: ofClient }: StreamContext,
  route: string,
  query: Query,
  opts: FollowOptions,
): AsyncGenerator<T, void, undefined> {
  const cursor = new ChangeCursor<T>(opts.since, opts.onPresence)
  const request = (signal: AbortSignal | undefined) => ({
    query: { ...query, since: cursor.since },
    accept: 'text/event-stream',
    signal,
  })
  const res = await http.ok('GET', route, request(opts.signal))
  const stream = new ResumableStream(
    {
      cursor,
      reopen: (signal) => http.send('GET', route, request(signal)),
      environment,
      resume: resumeSettings(ofClient, opts.resume),
      signal: opts.signal,
    },
    res,
  )
  try {
    yield* stream.events()
  } finally {
    stream.close()
  }
}
