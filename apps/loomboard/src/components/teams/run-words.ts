import type { TeamRun } from '@loomcycle/client'

/** How something gets on in its team. */
export const teamRunWords: Record<TeamRun['status'], string> = {
  running: 'On its way',
  waiting: 'Waits',
  completed: 'Came to its end',
  iteration_cap: 'Steps used up',
  failed: 'Failed',
  cancelled: 'Stopped',
}
