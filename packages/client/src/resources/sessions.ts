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
  const query = { limit: opts.limit, before_seq: opts.beforeSeq }
  return http.get(path`/v1/sessions/${sessionId}/transcript`, { query, signal: opts.signal })
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
  return http.post(path`/v1/sessions/${sourceSessionId}/replay`, body, keyed(opts))
}

export async function history(http: Http, input: HistoryToolInput, opts: KeyedCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_history', input, keyed(opts))
}
