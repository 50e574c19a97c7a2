import type { Http } from '../http.ts'
import type { CallOptions } from '../types.ts'
import type {
  LimitOptions,
  LimitScope,
  SetTokenLimitRequest,
  TokenLimit,
  TokenLimitsResponse,
  UsageReportOptions,
  UsageReportResponse,
} from '../usage-types.ts'

export async function usageReport(
  http: Http,
  {
    groupBy,
    from,
    to,
    tenant,
    userId,
    agent,
    sessionId,
    runId,
    documentId,
    chunkId,
    limit,
    signal,
  }: UsageReportOptions = {},
): Promise<UsageReportResponse> {
  const query = {
    group_by: groupBy?.length ? groupBy.join(',') : undefined,
    ...{ from, to, tenant, user_id: userId, agent, session_id: sessionId, run_id: runId },
    ...{ document_id: documentId, chunk_id: chunkId, limit },
  }
  return http.get('/v1/_usage', { query, signal })
}

export async function listLimits(
  http: Http,
  { tenant, signal }: CallOptions & { tenant?: string } = {},
): Promise<TokenLimitsResponse> {
  return http.get('/v1/_limits', { query: { tenant }, signal })
}

export async function setLimit(
  http: Http,
  body: SetTokenLimitRequest,
  { signal }: CallOptions = {},
): Promise<TokenLimit> {
  return http.put('/v1/_limits', body, { signal })
}

export async function deleteLimit(
  http: Http,
  scope: LimitScope,
  { scopeId, tenant, signal }: LimitOptions = {},
): Promise<void> {
  await http.delete('/v1/_limits', { query: { scope, scope_id: scopeId, tenant }, signal })
}
