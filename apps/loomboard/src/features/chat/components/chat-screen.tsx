import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { ErrorState } from '../../../components/error-state.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { useStore } from '../../../lib/browser/store.ts'
import { cn } from '../../../lib/cn.ts'
import { clip, formatTime } from '../../../lib/format.ts'
import { useOnDemand } from '../../../lib/on-demand.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import { preferredAgent } from '../../../lib/runs/preferred-agent.ts'
import { toast } from '../../../lib/toast.ts'
import type { Along, Conversation, ConversationState } from '../conversation.ts'
import { conversationOf, freshConversation } from '../conversations.ts'
import { composerMode, queuedNote } from '../model/composer-mode.ts'
import { agentMentions, documentMentions } from '../model/mentions.ts'
import { type RunActivity, runActivity } from '../model/run-activity.ts'
import { writtenTexts } from '../model/view/inputs.ts'
import { anyAgent, defaultAgent } from '../queries.ts'
import { outlineOpen } from '../reading.ts'
import { Announcer } from './announcer.tsx'
import { AgentName, AgentPicker } from './composer/agent-picker.tsx'
import { Composer } from './composer/composer.tsx'
import { MetricsLine } from './composer/metrics-line.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import { useCommands } from './menu/use-commands.ts'
import { useCompaction } from './menu/use-compaction.ts'
import { Problem } from './problem.tsx'
import { ExpandedScope } from './transcript/expanded.ts'
import { transcriptPart } from './transcript/transcript-part.ts'
import { useChatRow, useConversation } from './use-conversation.ts'
import { useSeen } from './use-seen.ts'
import { Welcome } from './welcome.tsx'

export interface ChatScreenProps {
  /** Nothing for a conversation that has not begun. */
  sessionId?: string
  /** The turn that the address names. */
  turn?: string
  /** The conversation that began here has got its address. */
  onSession: (sessionId: string) => void
  /** Somebody went to a turn. */
  onTurn: (turnId: string) => void
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

function ConversationPage({ conversation, addressed, turn, onSession, onTurn }: ConversationPageProps) {
  const state = useConversation(conversation)
  const { view, status } = state
  const chat = useChatRow(conversation, view.run.runId)
  const agents = useQuery(agentsQuery)
  const [chosen, setChosen] = useState('')
  const preferred = useStore(preferredAgent)
  const agent = agents.data?.find(({ name }) => name === chosen) ?? defaultAgent(agents.data ?? [], preferred)
  const { sessionId } = conversation

  useEffect(() => {
    if (sessionId && !addressed) onSession(sessionId)
  }, [sessionId, addressed, onSession])

  const title =
    chatName(chat?.title || state.title || clip(view.turns[0]?.input?.text ?? '', 60)) ||
    (sessionId ? 'Chat' : 'New chat')
  useEffect(() => setPageTitle(title), [title])
  useSeen(sessionId, chat?.last_activity)

  const send = (text: string, along?: Along) =>
    status === 'new' ? conversation.start(agent?.name ?? anyAgent(), text, along) : conversation.send(text, along)
  const stop = () => conversation.stop().catch((error) => toast.error('The turn could not be stopped', error))
  const end = () => conversation.end().catch((error) => toast.error('The run could not be ended', error))
  const loadEarlier = useCallback(() => void conversation.loadEarlier(), [conversation])
  const loadBack = useCallback((seq: number) => void conversation.loadBack(seq), [conversation])
  const takeReturned = useCallback(() => conversation.takeReturned(), [conversation])
  const Transcript = useOnDemand(transcriptPart, status !== 'new')
  const outlined = useStore(outlineOpen) && status === 'ready'
  const activity = runActivity(view)
  const mode = composerMode(view.run, activity)
  const compaction = useCompaction(conversation, view, state.compacting)
  const commands = useCommands({ sessionId, mode, stop, end, compact: compaction.action })
  const mentions = useMemo(() => agentMentions(agents.data ?? []), [agents.data])
  const sent = useCallback(() => writtenTexts(conversation.view), [conversation])
  const lastTurn = view.turns.findLast((turn) => turn.input)
  const last = useMemo(
    () => lastTurn?.input && { turnId: lastTurn.id, text: lastTurn.input.text },
    [lastTurn?.id, lastTurn?.input],
  )

  return (
    <>
      <ConversationHeader
        title={title}
        activity={activity}
        compacting={state.compacting}
        chat={chat}
        compact={compaction.action}
      />
      <main id="main" className={cn('relative flex min-h-0 flex-1 flex-col', outlined && 'min-[1100px]:pr-64')}>
        {status === 'new' && (
          <Welcome
            agent={agent}
            hasModel={agents.data?.some(({ scripted }) => !scripted) ?? true}
            onPrompt={(text) => void send(text)}
          />
        )}
        {(status === 'loading' || (status === 'ready' && !Transcript)) && <Loading />}
        {status === 'failed' && (
          <div className="flex-1">
            <ErrorState
              title="This chat could not be opened"
              error={state.error}
              onRetry={() => void conversation.open()}
            />
          </div>
        )}
        {status === 'ready' && Transcript && (
          <ExpandedScope value={conversation.key}>
            <Transcript
              source={conversation}
              state={state}
              title={title}
              queuedNote={queuedNote(activity)}
              onLoadEarlier={loadEarlier}
              onLoadBack={loadBack}
              address={turn}
              onAddress={onTurn}
            />
          </ExpandedScope>
        )}
        {status !== 'failed' && (
          <div className="relative mx-auto w-full max-w-3xl shrink-0 px-3 pb-[max(0.5rem,env(safe-area-inset-bottom))] before:pointer-events-none before:absolute before:inset-x-0 before:-top-5 before:h-5 before:bg-linear-to-t before:from-bg md:px-4">
            {compaction.problem && (
              <Problem title="Not compacted." text={compaction.problem} onDismiss={compaction.dismiss} />
            )}
            {state.copyFrom !== undefined && (
              <p role="status" className="px-1 pb-1.5 text-muted text-sm">
                The runtime does not answer. This is a copy from {formatTime(state.copyFrom)}, to be read; writing works
                again when the runtime is back.
              </p>
            )}
            {activity.kind === 'asking' && (
              <p className="flex items-center gap-1.5 px-1 pb-1.5 text-muted text-xs">
                <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-warn" />
                The agent waits for your answer above. What you send here is read after it.
              </p>
            )}
            <Composer
              draftOf={sessionId ?? 'new'}
              mode={mode}
              waitsFor={waitsFor(state, activity)}
              stopping={state.stopping}
              returned={state.returned}
              last={last}
              sent={sent}
              gauge={view.gauge}
              suggestions={[commands, mentions, documentMentions]}
              onSend={send}
              onStop={stop}
              onEnd={end}
              onTakeReturned={takeReturned}
            >
              {status === 'new' ? (
                <AgentPicker agents={agents.data ?? []} value={agent?.name ?? ''} onChange={setChosen} />
              ) : (
                <AgentName name={state.agent} />
              )}
            </Composer>
            <div className="flex h-7 items-center justify-between gap-3 px-1">
              <MetricsLine turns={view.turns} gauge={view.gauge} />
              <span className="ml-auto hidden shrink-0 text-2xs text-faint md:inline">
                Enter sends · Shift+Enter makes a line
              </span>
            </div>
          </div>
        )}
        <Announcer view={view} />
      </main>
    </>
  )
}

/** Why a message cannot go yet. A conversation that has not begun needs nothing: it waits for its agent by itself. */
function waitsFor({ status, copyFrom }: ConversationState, activity: RunActivity): string | undefined {
  if (copyFrom !== undefined) return 'the runtime is back'
  if (status === 'loading') return 'the conversation is here'
  return activity.kind === 'starting' ? 'the run has begun' : undefined
}

function Loading() {
  return (
    <div
      role="status"
      aria-label="Loading the conversation"
      className="mx-auto flex w-full max-w-3xl flex-1 flex-col gap-4 px-4 pt-8"
    >
      <Skeleton className="h-11 w-full rounded-lg" />
      {[92, 100, 64].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-4" />
        </div>
      ))}
    </div>
  )
}
