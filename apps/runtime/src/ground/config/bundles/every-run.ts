import type { AgentFields } from '../config-file.ts'

/** What most of the agents that come with the runtime have. */
export const everyRun = {
  memory_scopes: ['agent', 'user'],
  unbounded_iterations: true,
  compaction: { enabled: true },
  interruption: { enabled: true },
} satisfies AgentFields
