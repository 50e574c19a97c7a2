import type { ClientEnvironment } from '../environment.ts'
import { type Http, keyed, path } from '../http.ts'
import { type ResumeOptions, resumeSettings } from '../resume.ts'
import { type RunStreamSpec, runEvents } from '../run-stream.ts'
import type {
  AgentEvent,
  CancelTurnResult,
  CompactRunResult,
  ContinueOptions,
  KeyedCallOptions,
  RunBatchOptions,
  RunBatchResult,
  RunInput,
  RunInputResult,
  RunOptions,
  StreamOptions,
  StreamRunOptions,
} from '../types.ts'
import { messageBody, runBody } from './run-body.ts'
import { tidySegments } from './tidy-segments.ts'

/** What every stream of a client shares. */
export interface StreamContext {
  http: Http
  environment: ClientEnvironment
  resume: boolean | ResumeOptions | undefined
}

const accept = 'text/event-stream, application/json'

export function startRun(context: StreamContext, opts: RunOptions): AsyncIterable<AgentEvent> {
  const request = { accept, ...keyed(opts) }
  const open = async () => context.http.ok('POST', '/v1/runs', { body: runBody(opts), ...request })
  return follow(context, open, { ...opts, omitsOpening: !opts.interactive })
}

export function continueSession(context: StreamContext, opts: ContinueOptions): AsyncIterable<AgentEvent> {
  const route = () => path`/v1/sessions/${opts.sessionId}/messages`
  const request = { accept, ...keyed(opts) }
  const open = async () => context.http.ok('POST', route(), { body: messageBody(opts), ...request })
  return follow(context, open, { ...opts, omitsOpening: true })
}

export function streamRun(
  context: StreamContext,
  runId: string,
  opts: StreamRunOptions = {},
): AsyncIterable<AgentEvent> {
  const query = { from_seq: opts.fromSeq || undefined, include: opts.include }
  const open = async () => context.http.ok('GET', streamPath(runId), { query, accept, signal: opts.signal })
  return follow(context, open, { ...opts, runId })
}

export async function sendInput(
  http: Http,
  runId: string,
  input: string | RunInput,
  opts: KeyedCallOptions = {},
): Promise<RunInputResult> {
  const body =
    typeof input === 'string' ? { text: input } : { text: input.text, segments: tidySegments(input.segments) }
  const result = await http.post<RunInputResult>(path`/v1/runs/${runId}/input`, body, keyed(opts))
  const isMore = typeof input !== 'string' && (input.segments?.length ?? 0) > 0
  if (isMore && result.input_id === undefined) {
    http.warn('The server is older: it told the run the text only.')
  }
  return result
}

export async function spawnRunBatch(http: Http, opts: RunBatchOptions): Promise<RunBatchResult> {
  const body = { spawns: opts.spawns.map(runBody), mode: opts.mode, timeout_ms: opts.timeoutMs }
  return http.post('/v1/runs:batch', body, keyed(opts))
}

export async function compactRun(
  http: Http,
  runId: string,
  opts: KeyedCallOptions & { reason?: string } = {},
): Promise<CompactRunResult> {
  return http.post(path`/v1/runs/${runId}/compact`, { reason: opts.reason }, keyed(opts))
}

export async function cancelTurn(
  http: Http,
  runId: string,
  opts: KeyedCallOptions & { reason?: string } = {},
): Promise<CancelTurnResult> {
  return http.post(path`/v1/runs/${runId}/cancel`, { reason: opts.reason }, keyed(opts))
}

function follow(
  context: StreamContext,
  open: () => Promise<Response>,
  opts: StreamOptions &
    Pick<StreamRunOptions, 'include'> &
    Pick<RunStreamSpec, 'runId' | 'fromSeq' | 'omitsOpening' | 'debug'>,
): AsyncIterable<AgentEvent> {
  const { http, environment } = context
  return runEvents({
    open,
    reopen: (runId, fromSeq, signal) =>
      http.send('GET', streamPath(runId), {
        query: { from_seq: fromSeq || undefined, include: opts.include },
        headers: fromSeq ? { 'Last-Event-ID': String(fromSeq) } : undefined,
        accept,
        signal,
      }),
    environment,
    resume: resumeSettings(context.resume, opts.resume),
    runId: opts.runId,
    fromSeq: opts.fromSeq,
    omitsOpening: opts.omitsOpening,
    debug: opts.debug,
    signal: opts.signal,
  })
}

function streamPath(runId: string): string {
  return path`/v1/runs/${runId}/stream`
}
