import type { Chat } from '@loomcycle/proto'
import { toBranchPoint } from '../../engine/sessions/branch-point.ts'
import type { ChatRow } from './store.ts'

export function toChat(row: ChatRow): Chat {
  return {
    session_id: row.session_id,
    tenant_id: row.tenant_id,
    agent: row.agent,
    user_id: row.user_id,
    created_at: new Date(row.created_at).toISOString(),
    last_activity: new Date(row.last_activity).toISOString(),
    status: row.status ?? 'completed',
    title: row.title ?? row.opening,
    pinned: row.pinned === 1,
    archived: row.archived_at !== null,
    ...(row.deleted_at === null ? {} : { deleted_at: new Date(row.deleted_at).toISOString() }),
    ...(row.description ? { description: row.description } : {}),
    ...(row.tags ? { tags: JSON.parse(row.tags) as string[] } : {}),
    ...(row.summary && row.summary_updated_at
      ? { summary: row.summary, summary_updated_at: new Date(row.summary_updated_at).toISOString() }
      : {}),
    run_count: row.run_count,
    input_tokens: row.input_tokens,
    output_tokens: row.output_tokens,
    cost: 0,
    ...(row.phase ? { phase: row.phase } : {}),
    ...(row.run_id ? { run_id: row.run_id } : {}),
    ...(row.agent_id ? { agent_id: row.agent_id } : {}),
    ...toBranchPoint(row, row.source_title),
  }
}
