import type { wire } from '@loomcycle/client'
import { createStore } from '../../../lib/browser/store.ts'
import { storedInTab } from '../../../lib/browser/stored.ts'

export const tuningKey = 'loomboard.tuning'

/** Whether the panel is open. */
export const tuningOpen = createStore(false)

/** What a chat that has not begun is to have otherwise than its agent; undefined where nothing was chosen. */
export const tuningOfNew = createStore<wire.AgentOverrides | undefined>(readKept())

function readKept(): wire.AgentOverrides | undefined {
  try {
    return JSON.parse(storedInTab.read(tuningKey) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** The chat has begun. */
export function tuningDone(): void {
  storedInTab.write(tuningKey, null)
  tuningOfNew.set(undefined)
}
