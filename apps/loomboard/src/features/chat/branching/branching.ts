import { createContext, use } from 'react'
import type { BranchMark } from '../model/branches.ts'
import type { Turn } from '../model/types.ts'

/** What can be done with the turns of a conversation that is open; in a copy of one, nothing. */
export interface Branching {
  /** Why nothing can be branched now. */
  unavailable?: string
  /** By the turn after which they stand. */
  marks: ReadonlyMap<string, BranchMark>
  /** The turn whose message is being edited. */
  editing?: string
  /** Where the words of an edit are kept until they are sent or given up. */
  draftOf: (turn: Turn) => string
  edit: (turn: Turn) => void
  stopEditing: () => void
  /** Says a turn's message again in a new conversation, and goes there. Throws what kept it from being made. */
  resend: (turn: Turn, text: string) => Promise<void>
  /** The same without anybody waiting: a failure is shown. */
  retry: (turn: Turn) => void
  branchAfter: (turn: Turn) => void
  /** The turn that the conversation goes on from. */
  lastTurnId?: string
  /** Has the agent go on with an answer that was cut off. */
  goOn: () => void
}

const Context = createContext<Branching | undefined>(undefined)

export const BranchingScope = Context.Provider

export function useBranchingScope(): Branching | undefined {
  return use(Context)
}

/** Why this turn cannot be branched now; nothing where it can. */
export function whyNot(turn: Turn, { unavailable }: Branching): string | undefined {
  if (unavailable) return unavailable
  return turn.status === 'working' ? 'This turn has not ended. Stop it, or wait for its end.' : undefined
}
