import { type Http, path } from '../http.ts'
import type {
  CallOptions,
  InterruptListResponse,
  InterruptStatus,
  ResolveInterruptOptions,
  ResolveInterruptResult,
} from '../types.ts'

type ListOptions = CallOptions & { status?: InterruptStatus | 'all' }

export async function listUserInterrupts(
  http: Http,
  userId: string,
  opts: ListOptions = {},
): Promise<InterruptListResponse> {
  const query = { status: opts.status ?? 'pending' }
  return http.get(path`/v1/users/${userId}/interrupts`, { query, signal: opts.signal })
}

export async function listRunInterrupts(
  http: Http,
  runId: string,
  opts: ListOptions = {},
): Promise<InterruptListResponse> {
  const query = { status: opts.status ?? 'pending' }
  return http.get(path`/v1/runs/${runId}/interrupts`, { query, signal: opts.signal })
}

export async function resolveInterrupt(
  http: Http,
  runId: string,
  interruptId: string,
  opts: ResolveInterruptOptions & CallOptions,
): Promise<ResolveInterruptResult> {
  const body = {
    kind: opts.kind ?? 'question',
    resolved_by: opts.resolvedBy ?? 'client',
    answer: opts.answer,
    disposition: opts.disposition,
  }
  return http.post(path`/v1/runs/${runId}/interrupts/${interruptId}/resolve`, body, { signal: opts.signal })
}
