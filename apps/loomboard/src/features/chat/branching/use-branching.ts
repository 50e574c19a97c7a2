import { useMemo, useRef, useState } from 'react'
import { toast } from '../../../lib/toast.ts'
import type { Conversation, ConversationState } from '../conversation.ts'
import { drafts } from '../drafts.ts'
import { placeBranches } from '../model/branches.ts'
import type { Turn } from '../model/types.ts'
import { useChatPlace } from '../place.ts'
import type { Branching } from './branching.ts'
import { branchAfter, resend } from './resend.ts'
import { useBranches } from './use-branches.ts'

/** What the turns of a conversation offer, and the marks that stand between them. */
export function useBranching(conversation: Conversation, state: ConversationState, title: string): Branching {
  const { branchedFrom, hasEarlier } = state
  const { turns } = state.view
  const { sessionId } = conversation
  const place = useChatPlace()
  const [editing, setEditing] = useState<string>()
  const busy = useRef(false)
  const { branches, siblings } = useBranches(sessionId, branchedFrom)
  const latest = useRef(turns)
  latest.current = turns
  // Marks stand between turns: what is said inside one does not move them.
  const shape = `${turns.length} ${turns[0]?.id} ${turns.at(-1)?.id}`

  const marks = useMemo(
    () =>
      shape && sessionId
        ? placeBranches({ sessionId, title, turns: latest.current, hasEarlier }, branchedFrom, branches, siblings)
        : new Map(),
    [shape, sessionId, title, hasEarlier, branchedFrom, branches, siblings],
  )

  const actions = useMemo(() => {
    const goTo = async (made: () => Promise<string>) => {
      // A second click while the first is under way would make a second branch.
      if (busy.current) return
      busy.current = true
      try {
        const id = await made()
        setEditing(undefined)
        await place.goTo(id)
      } finally {
        busy.current = false
      }
    }
    const orSay = (title: string) => (error: unknown) => toast.error(title, error)
    const draftOf = (turn: Turn) => `${conversation.sessionId}.edit.${turn.id}`
    return {
      draftOf,
      edit: (turn: Turn) => setEditing(turn.id),
      stopEditing: () => setEditing(undefined),
      resend: (turn: Turn, text: string) =>
        goTo(async () => {
          const id = await resend(conversation, turn, text)
          drafts.write(draftOf(turn), '')
          return id
        }),
      retry: (turn: Turn) =>
        void goTo(() => resend(conversation, turn)).catch(orSay('The message could not be sent again')),
      goOn: () => void conversation.send('Continue where you were cut off.'),
      branchAfter: (turn: Turn) =>
        void goTo(() => branchAfter(conversation, turn)).catch(orSay('The branch could not be made')),
    }
  }, [conversation, place])

  const unavailable =
    state.copyFrom === undefined ? undefined : 'The runtime does not answer. Try again when it is back.'
  const lastTurnId = turns.at(-1)?.id
  return useMemo(
    () => ({ ...actions, marks, editing, unavailable, lastTurnId }),
    [actions, marks, editing, unavailable, lastTurnId],
  )
}
