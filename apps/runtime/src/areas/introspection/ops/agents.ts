import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function agents({ listAgents }: IntrospectionDeps): ContextOp<'agents'> {
  return async ({ tenantId }, { prefix = '' }) => {
    const list = (await listAgents(tenantId))
      .filter(({ agent }) => agent.name.startsWith(prefix))
      .map(({ defId, isRow, agent: { name, tier, provider, model, tools, description } }) => ({
        name,
        ...(tier && { tier }),
        provider: provider ?? '',
        model: model ?? '',
        allowed_tools_count: tools.length,
        ...(isRow && { active_def_id: defId }),
        ...(description && { description }),
      }))
    return { agents: list, count: list.length }
  }
}
