import type { AgentDefinition } from './config.ts'

/** The provider of agents that are JavaScript. */
export const codeJs = 'code-js'

export interface CodeAgentSettings {
  /** What a run of one may take, waiting included, where nothing else is said. */
  runSeconds: number
  /** Every run has the same clock and the same random numbers. */
  isDeterministic: boolean
}

export function isCodeAgent({ provider }: Pick<AgentDefinition, 'provider'>): boolean {
  return provider === codeJs
}
