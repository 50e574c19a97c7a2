import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function permissions({ limits }: IntrospectionDeps): ContextOp<'permissions'> {
  return async ({ scope: { agent, tools } }) => {
    const names = [...tools.keys()]
    return {
      tools: names,
      allowed_tools: names,
      memory: {
        allowed_scopes: agent.memoryScopes,
        quota_bytes: agent.memoryQuotaBytes ?? limits.memoryMaxScopeBytes,
      },
    }
  }
}
