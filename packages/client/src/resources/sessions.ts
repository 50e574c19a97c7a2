import { type Http, path } from '../http.ts'
import type { CallOptions, HistoryToolInput, TranscriptOptions, TranscriptResponse } from '../types.ts'

export async function getTranscript(
  http: Http,
  sessionId: string,
  opts: TranscriptOptions = {},
): Promise<TranscriptResponse> {
  const query = { limit: opts.limit, before_seq: opts.beforeSeq }
  return http.get(path`/v1/sessions/${sessionId}/transcript`, { query, signal: opts.signal })
}

export async function deleteSession(http: Http, sessionId: string, opts: CallOptions = {}): Promise<void> {
  await http.delete(path`/v1/sessions/${sessionId}`, { signal: opts.signal })
}

export async function restoreSession(http: Http, sessionId: string, opts: CallOptions = {}): Promise<void> {
  await http.ok('POST', path`/v1/sessions/${sessionId}/restore`, { signal: opts.signal })
}

export async function history(http: Http, input: HistoryToolInput, opts: CallOptions = {}): Promise<unknown> {
  return http.post('/v1/_history', input, { signal: opts.signal })
}
