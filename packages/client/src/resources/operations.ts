import { type Http, keyed } from '../http.ts'
import type {
  CallOptions,
  KeyedCallOptions,
  PauseResult,
  ReplicasResponse,
  ResumeResult,
  RuntimeStateResponse,
} from '../types.ts'

export async function pauseRuntime(
  http: Http,
  opts: KeyedCallOptions & { timeoutMs?: number } = {},
): Promise<PauseResult> {
  const body = opts.timeoutMs && opts.timeoutMs > 0 ? { timeout_ms: opts.timeoutMs } : undefined
  return http.post('/v1/_pause', body, keyed(opts))
}

export async function resumeRuntime(http: Http, opts: KeyedCallOptions = {}): Promise<ResumeResult> {
  return http.post('/v1/_resume', undefined, keyed(opts))
}

export async function getRuntimeState(http: Http, opts: CallOptions = {}): Promise<RuntimeStateResponse> {
  return http.get('/v1/_state', { signal: opts.signal })
}

export async function listReplicas(http: Http, opts: CallOptions = {}): Promise<ReplicasResponse> {
  return http.get('/v1/_replicas', { signal: opts.signal })
}
