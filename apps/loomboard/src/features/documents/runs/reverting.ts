import { createStore } from '../../../lib/browser/store.ts'

export interface RunToRevert {
  runId: string
  agent: string
}

/** The run that is to be taken back, while somebody looks at what that is. */
export const reverting = createStore<RunToRevert | undefined>(undefined)

export function askToRevert({ runId, agent }: RunToRevert): void {
  reverting.set({ runId, agent })
}
