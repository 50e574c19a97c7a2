import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function agents({ listAgents }: IntrospectionDeps): ContextOp<'agents'> {
  return async ({ tenantId }, { prefix = '' }) => {
    const list = (await listAgents(tenantId))
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, provider, model, tools, description }) => ({
        name,
        provider: provider ?? '',
        model: model ?? '',
        allowed_tools_count: tools.length,
        ...(description && { description }),
      }))
    return { agents: list, count: list.length }
  }
}
