import { reachable } from '../../volumes/open-volume.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function permissions({ db, limits, sqlQuotaBytes, interruption }: IntrospectionDeps): ContextOp<'permissions'> {
  return async (caller) => {
    const { agent, tools, options } = caller.run
    const names = [...tools.keys()]
    const volumes = await reachable({ db }, caller)
    return {
      tools: names,
      allowed_tools: names,
      host_policy: {
        has_list: options.allowedHosts !== undefined,
        allowed_hosts: options.allowedHosts ?? [],
        ...(options.webSearchFilter && { web_search_filter: options.webSearchFilter }),
      },
      memory: {
        allowed_scopes: agent.memoryScopes,
        quota_bytes: agent.memoryQuotaBytes ?? limits.memoryMaxScopeBytes,
      },
      sql: { allowed_scopes: agent.sqlScopes ?? [], quota_bytes: agent.sqlQuotaBytes ?? sqlQuotaBytes },
      channels: agent.channels ?? { publish: [], subscribe: [] },
      interruption: {
        enabled: agent.interruption?.enabled ?? false,
        max_pending: Math.min(
          agent.interruption?.maxPending ?? interruption.maxPendingPerRun,
          interruption.maxPendingPerRun,
        ),
      },
      agent_def_scopes: agent.agentDefScopes ?? [],
      skill_def_scopes: agent.skillDefScopes ?? [],
      skills: agent.skills ?? [],
      volumes: volumes.map(({ name, mode, isDefault }) => ({ name, mode, default: isDefault })),
      volume_def_scopes: agent.volumeDefScopes ?? [],
      evaluation_scopes: agent.evaluationScopes ?? [],
      history_scope: agent.historyScope ?? [],
    }
  }
}
