import { useEffect } from 'react'
import { useStore } from '../../../../lib/browser/store.ts'
import { connection } from '../../../../lib/client.ts'
import type { Conversation, ConversationState } from '../../conversation.ts'

/** Of a browser's six connections one is the parent's, one the list's, and some are for everything else. */
let free = 2
const lookEvery = 1_500

/** Follows a sub-agent: by its stream where a connection is free for it, by looking now and then otherwise. */
export function useChildConversation(conversation: Conversation, isOver: boolean): ConversationState {
  useEffect(() => {
    let streams = false
    const look = () => {
      if (document.visibilityState === 'hidden') return giveBack()
      if (!streams && !isOver && free > 0) {
        streams = true
        free--
      }
      void (streams ? conversation.open() : conversation.look())
    }
    const giveBack = () => {
      if (streams) free++
      streams = false
      conversation.detach()
    }
    look()
    const timer = isOver ? undefined : setInterval(look, lookEvery)
    const stopWatching = connection.onReturn(look)
    return () => {
      clearInterval(timer)
      stopWatching()
      giveBack()
    }
  }, [conversation, isOver])
  return useStore(conversation.state)
}
