import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import type { HistoryOp } from './index.ts'

export const resume: HistoryOp<'resume'> =
  (ctx) =>
  async (caller, { scope = 'self', session_id }) => {
    const { agent, tenant_id, user_id, status, run_id, last_activity } = toChat(
      await findOwnChat(ctx.db, caller, session_id),
    )
    const hint =
      status === 'running' && run_id
        ? `It is going on: POST /v1/runs/${run_id}/input says something, GET /v1/runs/${run_id}/stream listens.`
        : `POST /v1/sessions/${session_id}/messages goes on with it.`
    return {
      scope,
      resume: { session_id, agent, tenant_id, user_id, status, last_activity, hint, ...(run_id ? { run_id } : {}) },
    }
  }
