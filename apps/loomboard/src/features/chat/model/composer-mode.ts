import type { RunActivity } from './run-activity.ts'
import { isBusy, isLive, type RunState } from './types.ts'

export interface ComposerMode {
  /** The word on the button: what sending will do. */
  action: 'Send' | 'Steer' | 'Reply' | 'Continue'
  placeholder: string
  canStop: boolean
  canEnd: boolean
}

export function composerMode(run: RunState, activity: RunActivity): ComposerMode {
  return {
    ...words(activity),
    canStop: isBusy(run) && run.runId !== '' && run.interactive,
    canEnd: isLive(run) && run.agentId !== '',
  }
}

function words(activity: RunActivity): Pick<ComposerMode, 'action' | 'placeholder'> {
  switch (activity.kind) {
    case 'none':
      return { action: 'Send', placeholder: 'What should be done?' }
    case 'starting':
      return { action: 'Send', placeholder: 'Starting…' }
    case 'asking':
      return { action: 'Steer', placeholder: 'Steer the agent after your answer' }
    case 'delegating':
      return { action: 'Steer', placeholder: 'Steer the agent: it reads this when its sub-agents are done' }
    case 'working':
    case 'waiting':
      return { action: 'Steer', placeholder: 'Steer the agent: it reads this at its next step' }
    case 'parked':
      return { action: 'Reply', placeholder: 'Reply…' }
    case 'ended':
      return { action: 'Continue', placeholder: 'Continue the conversation…' }
  }
}

/** What becomes of a message that the run has and has not read. */
export function queuedNote(activity: RunActivity): string {
  if (activity.kind === 'asking') return 'Queued: the agent reads it after your answer'
  if (activity.kind === 'delegating') return 'Queued: the agent reads it when its sub-agents are done'
  return 'Queued: the agent reads it at its next step'
}
