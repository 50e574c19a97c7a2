import type { RunnableAgent } from '@loomcycle/client'

const usual = 'doc/manager'

/** Those who can do something to a document. */
export function documentAgents(agents: readonly RunnableAgent[]): RunnableAgent[] {
  return agents.filter(({ documents }) => documents)
}

/** Who is beside a document unless somebody chooses another: the one made for it, where there is one. */
export function agentBeside(choices: readonly RunnableAgent[], preferred: string): RunnableAgent | undefined {
  const named = (name: string) => choices.find((agent) => agent.name === name)
  return named(preferred) ?? named(usual) ?? choices.find((agent) => agent.default) ?? choices[0]
}
