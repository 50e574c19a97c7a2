import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { useStore } from '../../../lib/browser/store.ts'
import { cn } from '../../../lib/cn.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { preferredAgent } from '../../../lib/runs/preferred-agent.ts'
import type { Along, Conversation } from '../conversation.ts'
import { conversationOf, freshConversation } from '../conversations.ts'
import { runActivity } from '../model/run-activity.ts'
import { anyAgent, defaultAgent } from '../queries.ts'
import { outlineOpen } from '../reading.ts'
import { tuningDone, tuningOfNew } from '../tuning/chosen.ts'
import { ConversationBody } from './conversation-body.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { useCompaction } from './menu/use-compaction.ts'
import { titleOf, useChatRow, useConversation } from './use-conversation.ts'
import { useSeen } from './use-seen.ts'
import { Welcome } from './welcome.tsx'

export interface ChatScreenProps {
  /** Nothing for a conversation that has not begun. */
  sessionId?: string
  /** Whom a conversation that has not begun is with, where the address says so. */
  agent?: string
  /** The turn that the address names. */
  turn?: string
  /** The conversation that began here has got its address. */
  onSession: (sessionId: string) => void
  /** Somebody went to a turn. */
  onTurn: (turnId: string) => void
}

/** Known at once where nothing else was chosen: nobody waits then. */
function toStart(agent: string | Promise<string>): string | Promise<string> {
  const overrides = tuningOfNew.get()
  if (!overrides) return agent
  return import('../tuning/tuning.ts').then(({ derivedToStart }) => derivedToStart(agent, overrides))
}

export function ChatScreen({ sessionId, ...rest }: ChatScreenProps) {
  const conversation = sessionId ? conversationOf(sessionId) : freshConversation()
  return (
    <ConversationPage
      key={conversation.key}
      conversation={conversation}
      addressed={sessionId !== undefined}
      {...rest}
    />
  )
}

interface ConversationPageProps extends Omit<ChatScreenProps, 'sessionId'> {
  conversation: Conversation
  addressed: boolean
}

function ConversationPage({
  conversation,
  addressed,
  agent: named = '',
  turn,
  onSession,
  onTurn,
}: ConversationPageProps) {
  const state = useConversation(conversation)
  const { view, status } = state
  const chat = useChatRow(conversation, view.run.runId)
  const agents = useQuery(agentsQuery)
  const [chosen, setChosen] = useState('')
  const preferred = useStore(preferredAgent)
  const known = agents.data ?? []
  const wanted = chosen || named
  const agent = known.find(({ name }) => name === wanted) ?? defaultAgent(known, preferred)
  const { sessionId } = conversation

  useEffect(() => {
    if (!sessionId || addressed) return
    tuningDone()
    onSession(sessionId)
  }, [sessionId, addressed, onSession])

  const title = titleOf(conversation, state, chat)
  useEffect(() => setPageTitle(title), [title])
  useSeen(sessionId, chat?.last_activity)

  const send = (text: string, along?: Along) =>
    status === 'new'
      ? conversation.start(toStart(agent?.name ?? (wanted || anyAgent())), text, along)
      : conversation.send(text, along)
  const outlined = useStore(outlineOpen) && status === 'ready'
  const compaction = useCompaction(conversation, view, state.compacting)

  return (
    <>
      <ConversationHeader
        title={title}
        activity={runActivity(view)}
        compacting={state.compacting}
        chat={chat}
        compact={compaction.action}
      />
      <main id="main" className={cn('relative flex min-h-0 flex-1 flex-col', outlined && 'min-[1100px]:pr-64')}>
        <ConversationBody
          conversation={conversation}
          state={state}
          title={title}
          compaction={compaction}
          agents={known}
          choices={known}
          chosen={agent?.name ?? ''}
          onChoose={setChosen}
          onSend={send}
          isTuned
          draftOf="new"
          turn={turn}
          onTurn={onTurn}
          welcome={
            <Welcome
              agent={agent}
              hasModel={agents.data?.some(({ scripted }) => !scripted) ?? true}
              onPrompt={(text) => void send(text)}
            />
          }
        />
      </main>
    </>
  )
}
