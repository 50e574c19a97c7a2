import type { AgentDefinition } from '../ground/config/config.ts'

/** Each scripted model as an agent of its name, with every tool and memory scope, and whatever else is said about one. */
export function agentsOfModels(
  models: Readonly<Record<string, unknown>>,
  agents: Readonly<Record<string, Partial<AgentDefinition>>> = {},
): Record<string, AgentDefinition> {
  const names = [...new Set([...Object.keys(models), ...Object.keys(agents)])]
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        name,
        source: 'file',
        provider: 'scripted',
        model: name,
        systemPrompt: '',
        tools: ['*'],
        disableContext: false,
        memoryScopes: ['agent', 'user'],
        unboundedIterations: false,
        ...agents[name],
      } satisfies AgentDefinition,
    ]),
  )
}
