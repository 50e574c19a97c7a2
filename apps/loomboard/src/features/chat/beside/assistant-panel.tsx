import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Maximize2, Plus, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { AssistantProps } from '../../../components/documents/assistant.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { connection } from '../../../lib/client.ts'
import { isComposing } from '../../../lib/composing.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { ConversationBody } from '../components/conversation-body.tsx'
import { useCompaction } from '../components/menu/use-compaction.ts'
import { PhaseBadge } from '../components/phase-badge.tsx'
import { titleOf, useChatRow, useConversation } from '../components/use-conversation.ts'
import { useSeen } from '../components/use-seen.ts'
import type { Along, Conversation } from '../conversation.ts'
import { conversationOf, freshConversation } from '../conversations.ts'
import { withAbout } from '../model/about.ts'
import { runActivity } from '../model/run-activity.ts'
import { type ChatPlace, ChatPlaceScope } from '../place.ts'
import { AboutLine } from './about-line.tsx'
import { agentBeside, documentAgents } from './document-agent.ts'
import { NoAgent } from './no-agent.tsx'
import { anyAgentBeside, preferBeside, preferredBeside } from './preferred-beside.ts'
import { WelcomeBeside } from './welcome-beside.tsx'

/** A conversation beside the document it is about: its agent changes what one looks at meanwhile. */
export function AssistantPanel(props: AssistantProps) {
  const { session, documentId, onClose } = props
  const conversation = session === 'new' ? freshConversation(documentId) : conversationOf(session)
  return (
    <section
      aria-label="Assistant"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event.nativeEvent)) return
        event.preventDefault()
        onClose()
      }}
      className="flex min-h-0 flex-1 flex-col bg-bg"
    >
      <Beside key={conversation.key} {...props} conversation={conversation} />
    </section>
  )
}

function Beside({ conversation, ...props }: AssistantProps & { conversation: Conversation }) {
  const { session, documentId, about, whole, onSession, onClose } = props
  const state = useConversation(conversation)
  const { view, status } = state
  const { sessionId } = conversation
  const chat = useChatRow(conversation, view.run.runId)
  const agents = useQuery(agentsQuery)
  const known = agents.data ?? []
  const choices = documentAgents(known)
  const agent = agentBeside(choices, useStore(preferredBeside))
  const compaction = useCompaction(conversation, view, state.compacting)
  const isOffline = useStore(connection.state).kind === 'offline'
  const [meansWhole, setMeansWhole] = useState(false)
  useSeen(sessionId, chat?.last_activity)

  useEffect(() => {
    if (sessionId && session === 'new') onSession(sessionId)
  }, [sessionId, session, onSession])
  // Whoever looks at something else means that.
  useEffect(() => setMeansWhole(false), [about.references])

  const place = useMemo(
    (): ChatPlace => ({
      isBeside: true,
      goTo: async (to) => onSession(to),
      startAnother: () => onSession('new'),
    }),
    [onSession],
  )
  const isWhole = meansWhole && whole !== undefined
  const meant = isWhole ? whole : about
  const send = (text: string, along?: Along) =>
    status === 'new' ? conversation.start(agent?.name ?? anyAgentBeside(), text, along) : conversation.send(text, along)
  const ask = (text: string) => void send(withAbout(text, meant.references))

  return (
    <ChatPlaceScope value={place}>
      <header className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
        <h2 className="min-w-0 truncate font-display font-medium text-sm">Assistant</h2>
        <PhaseBadge activity={runActivity(view)} compacting={state.compacting} className="ml-1" />
        <span className="flex-1" />
        {status !== 'new' && (
          <IconButton label="New conversation" size="sm" onClick={() => onSession('new')}>
            <Plus />
          </IconButton>
        )}
        {sessionId && (
          <Link
            to="/chat/$sessionId"
            params={{ sessionId }}
            aria-label="Open as a chat"
            data-tip="Open as a chat"
            className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text coarse:size-10 [&_svg]:size-4"
          >
            <Maximize2 aria-hidden="true" />
          </Link>
        )}
        <IconButton label="Close the assistant" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {status === 'new' && agents.error && !agents.data ? (
        <ErrorState title="The agents could not be read" error={agents.error} onRetry={() => void agents.refetch()} />
      ) : status === 'new' && agents.data && !agent ? (
        <NoAgent />
      ) : (
        <ConversationBody
          conversation={conversation}
          state={state}
          title={titleOf(conversation, state, chat)}
          compaction={compaction}
          agents={known}
          choices={choices}
          chosen={agent?.name ?? ''}
          onChoose={preferBeside}
          onSend={send}
          draftOf={`beside.${documentId}`}
          onTurn={() => {}}
          welcome={<WelcomeBeside agent={agent} onPrompt={ask} />}
          about={meant.references}
          aboutLine={
            <>
              {isOffline && state.copyFrom === undefined && (
                <p role="status" className="px-1 pb-1 text-warn text-xs">
                  The runtime does not answer. What you write stays here until it is back.
                </p>
              )}
              <AboutLine words={meant.words} isWhole={isWhole} onToggle={whole && (() => setMeansWhole(!meansWhole))} />
            </>
          }
          focused={props.focused}
        />
      )}
    </ChatPlaceScope>
  )
}
