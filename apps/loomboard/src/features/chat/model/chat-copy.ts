import { turnSeq } from './outline.ts'
import { emptyView, type RunView } from './types.ts'

/** What is kept of a conversation to be read without the runtime. */
export interface ChatCopy {
  title: string
  agent: string
  view: RunView
  hasEarlier: boolean
}

const turnsKept = 60

/** The end of a conversation as it can be stored; undefined while there is nothing to keep. */
export function toCopy(chat: ChatCopy): ChatCopy | undefined {
  const { view } = chat
  if (view.turns.length === 0 || view.lastSeq === 0) return undefined
  const turns = view.turns.slice(-turnsKept)
  const firstSeq = turns.length < view.turns.length ? turnSeq(turns[0]!.id) : view.firstSeq
  if (firstSeq === undefined) return undefined
  return {
    ...chat,
    hasEarlier: chat.hasEarlier || turns.length < view.turns.length,
    view: { ...view, turns, firstSeq, pending: [], takenInputs: [] },
  }
}

/** The copy to look at: whatever was going on when it was made is not going on here. */
export function fromCopy(copy: ChatCopy): ChatCopy {
  const run = { ...emptyView.run, ...copy.view.run, phase: 'ended' as const }
  return { ...copy, view: { ...copy.view, run } }
}
