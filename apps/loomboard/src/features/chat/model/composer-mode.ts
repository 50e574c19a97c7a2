import { isBusy, isLive, type RunState } from './types.ts'

export interface ComposerMode {
  /** The word on the button: what sending will do. */
  action: 'Send' | 'Steer' | 'Reply' | 'Continue'
  placeholder: string
  canSend: boolean
  canStop: boolean
  canEnd: boolean
}

export function composerMode(run: RunState): ComposerMode {
  const canStop = isBusy(run) && run.runId !== '' && run.interactive
  const canEnd = isLive(run) && run.agentId !== ''
  switch (run.phase) {
    case 'none':
      return { action: 'Send', placeholder: 'What should be done?', canSend: true, canStop, canEnd }
    case 'starting':
      return { action: 'Send', placeholder: 'Starting…', canSend: false, canStop, canEnd }
    case 'working':
    case 'waiting':
      return {
        action: 'Steer',
        placeholder: 'Steer the agent: it reads this at its next step',
        canSend: true,
        canStop,
        canEnd,
      }
    case 'parked':
      return { action: 'Reply', placeholder: 'Reply…', canSend: true, canStop, canEnd }
    case 'ended':
      return { action: 'Continue', placeholder: 'Continue the conversation…', canSend: true, canStop, canEnd }
  }
}
