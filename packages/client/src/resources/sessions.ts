import { type Http, keyed, path } from '../http.ts'
import type {
  HistoryToolInput,
  KeyedCallOptions,
  ReplaySessionOptions,
  ReplaySessionResult,
  ReturnedInputsResult,
  TranscriptOptions,
  TranscriptResponse,
} from '../types.ts'

export async function getTranscript(
  http: Http,
  sessionId: string,
  opts: TranscriptOptions = {},
): Promise<TranscriptResponse> {
  const { limit, beforeSeq } = opts
  const query = { limit, before_seq: beforeSeq }
  const route = path`/v1/sessions/${sessionId}/transcript`
  const transcript = await http.get<TranscriptResponse>(route, { query, signal: opts.signal })
  // Older servers send all of it, whatever was asked for.
  const before = transcript.events.filter(({ seq }) => beforeSeq === undefined || seq < beforeSeq)
  const events = limit ? before.slice(-limit) : before
  if (events.length === transcript.events.length) return transcript
  return { ...transcript, events, has_more: transcript.has_more ?? events.length < before.length }
}

export async function takeReturnedInputs(
  http: Http,
  sessionId: string,
  opts: KeyedCallOptions = {},
): Promise<ReturnedInputsResult> {
  return http.post(path`/v1/sessions/${sessionId}/returned_inputs`, undefined, {
    ...keyed(opts),
  })
}

export async function deleteSession(http: Http, sessionId: string, opts: KeyedCallOptions = {}): Promise<void> {
  await http.delete(path`/v1/sessions/${sessionId}`, keyed(opts))
}

export async function restoreSession(http: Http, sessionId: string, opts: KeyedCallOptions = {}): Promise<void> {
  await http.ok('POST', path`/v1/sessions/${sessionId}/restore`, keyed(opts))
}

export async function replaySession(
  http: Http,
  sourceSessionId: string,
  opts: ReplaySessionOptions,
): Promise<ReplaySessionResult> {
  const body = { agent: opts.agent, compress: opts.compress, until_seq: opts.untilSeq }
  const route = path`/v1/sessions/${sourceSessionId}/replay`
  const result = await http.post<ReplaySessionResult>(route, body, keyed(opts))
  if (opts.untilSeq !== undefined && result.until_seq === undefined) {
    http.warn('The server is older: it copied the whole session.')
  }
  return result
}

export async function history(http: Http, input: HistoryToolInput, opts: KeyedCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_history', input, keyed(opts))
}
