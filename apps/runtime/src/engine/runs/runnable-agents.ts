import type { AppContext } from '../../context.ts'
import type { Caller } from '../../tools/caller.ts'
import { lists } from '../../tools/policy.ts'

/** Who has made it: it comes along, the tenant has defined it, or the operator has. */
const sources = { bundled: 'bundled', stored: 'tenant', file: 'own' } as const

/** The agents of this runtime, the one new chats start with first. */
export async function listRunnableAgents({ config, definitions }: AppContext, { tenantId }: Pick<Caller, 'tenantId'>) {
  const agents = (await definitions.list(tenantId)).map(({ agent }) => ({
    name: agent.name,
    source: sources[agent.source],
    ...(agent.name === config.defaultAgent ? { default: true } : {}),
    ...(agent.description ? { description: agent.description } : {}),
    ...(agent.provider ? { provider: agent.provider } : {}),
    ...(agent.model ? { model: agent.model } : {}),
    ...(agent.provider === 'scripted' ? { scripted: true } : {}),
    ...(lists(agent, 'Document') ? { documents: true } : {}),
  }))
  return { agents: agents.sort((a, b) => Number(b.default ?? false) - Number(a.default ?? false)) }
}
