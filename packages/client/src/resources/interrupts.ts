import { type Http, keyed, path, type Query } from '../http.ts'
import type {
  InterruptListResponse,
  KeyedCallOptions,
  ListInterruptsOptions,
  ResolveInterruptOptions,
  ResolveInterruptResult,
} from '../types.ts'

export async function listUserInterrupts(
  http: Http,
  userId: string,
  opts: ListInterruptsOptions = {},
): Promise<InterruptListResponse> {
  return http.get(path`/v1/users/${userId}/interrupts`, { query: asked(opts), signal: opts.signal })
}

export async function listRunInterrupts(
  http: Http,
  runId: string,
  opts: ListInterruptsOptions = {},
): Promise<InterruptListResponse> {
  return http.get(path`/v1/runs/${runId}/interrupts`, { query: asked(opts), signal: opts.signal })
}

export async function resolveInterrupt(
  http: Http,
  runId: string,
  interruptId: string,
  opts: ResolveInterruptOptions & KeyedCallOptions,
): Promise<ResolveInterruptResult> {
  const body = {
    kind: opts.kind ?? 'question',
    resolved_by: opts.resolvedBy ?? 'client',
    answer: opts.answer,
    disposition: opts.disposition,
  }
  return http.post(path`/v1/runs/${runId}/interrupts/${interruptId}/resolve`, body, keyed(opts))
}

function asked({ status, limit, cursor }: ListInterruptsOptions): Query {
  return { status: status ?? 'pending', limit: limit || undefined, cursor }
}
