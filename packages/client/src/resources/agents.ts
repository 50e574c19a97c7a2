import { type Http, keyed, path } from '../http.ts'
import type {
  Agent,
  CallOptions,
  CancelAgentResult,
  KeyedCallOptions,
  ListAgentsResponse,
  ListUserAgentsOptions,
  RunnableAgentsResponse,
} from '../types.ts'

export async function getAgent(http: Http, agentId: string, opts: CallOptions = {}): Promise<Agent> {
  return http.get(path`/v1/agents/${agentId}`, { signal: opts.signal })
}

export async function cancelAgent(
  http: Http,
  agentId: string,
  opts: KeyedCallOptions & { reason?: string } = {},
): Promise<CancelAgentResult> {
  const body = { reason: opts.reason ?? '' }
  const answer = await http.post<{ cancelled_count: number }>(path`/v1/agents/${agentId}/cancel`, body, keyed(opts))
  return { cancelledCount: answer.cancelled_count }
}

export async function listUserAgents(http: Http, userId: string, opts: ListUserAgentsOptions = {}): Promise<Agent[]> {
  return (await listUserAgentsPage(http, userId, opts)).agents
}

export async function listUserAgentsPage(
  http: Http,
  userId: string,
  opts: ListUserAgentsOptions = {},
): Promise<ListAgentsResponse> {
  const { status, tenant, limit, cursor, signal } = opts
  const answer = await http.get<Partial<ListAgentsResponse> | null>(path`/v1/users/${userId}/agents`, {
    query: { status, tenant, limit: limit || undefined, cursor },
    signal,
  })
  const agents = answer?.agents ?? []
  const wanted = opts.parentAgentId ? agents.filter((agent) => agent.parent_agent_id === opts.parentAgentId) : agents
  return { ...answer, agents: wanted }
}

export async function runnableAgents(http: Http, opts: CallOptions = {}): Promise<RunnableAgentsResponse> {
  return http.get('/v1/_runnable-agents', { signal: opts.signal })
}
