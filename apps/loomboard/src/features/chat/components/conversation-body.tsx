import type { RunnableAgent } from '@loomcycle/client'
import { type ReactNode, useCallback, useMemo } from 'react'
import { ErrorState } from '../../../components/error-state.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatTime } from '../../../lib/format.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import { toast } from '../../../lib/toast.ts'
import type { Along, Conversation, ConversationState } from '../conversation.ts'
import { composerMode, queuedNote } from '../model/composer-mode.ts'
import { agentMentions, documentMentions } from '../model/mentions.ts'
import { type RunActivity, runActivity } from '../model/run-activity.ts'
import { writtenTexts } from '../model/view/inputs.ts'
import { useChatPlace } from '../place.ts'
import { AgentName, AgentPicker } from './composer/agent-picker.tsx'
import { Composer } from './composer/composer.tsx'
import { useCommands } from './menu/use-commands.ts'
import type { useCompaction } from './menu/use-compaction.ts'
import { Problem } from './problem.tsx'
import { ExpandedScope } from './transcript/expanded.ts'
import { transcriptPart } from './transcript/transcript-part.ts'

const announcer = onDemand(() => import('./announcer.tsx').then((module) => module.Announcer))

const metricsLine = onDemand(() => import('./composer/metrics-line.tsx').then((module) => module.MetricsLine))

const tuningButton = onDemand(() => import('../tuning/tuning-button.tsx').then((module) => module.TuningButton))

export interface ConversationBodyProps {
  conversation: Conversation
  state: ConversationState
  title: string
  compaction: ReturnType<typeof useCompaction>
  /** All that can be mentioned. */
  agents: readonly RunnableAgent[]
  /** Of these one is chosen before it begins. */
  choices: readonly RunnableAgent[]
  chosen: string
  onChoose: (name: string) => void
  /** Model and more can be chosen before it begins. */
  isTuned?: boolean
  onSend: (text: string, along?: Along) => Promise<boolean>
  /** Whose draft it is while it has not begun. */
  draftOf: string
  /** The turn that the address names, and where somebody goes. */
  turn?: string
  onTurn: (turnId: string) => void
  /** Stands where nothing has been said yet. */
  welcome: ReactNode
  /** References that go with each message: what it is about; and the line above the composer that says so. */
  about?: string
  aboutLine?: ReactNode
  focused?: boolean
}

/** What was said in a conversation, and the place to say more; on a page or beside one. */
export function ConversationBody(props: ConversationBodyProps) {
  const { conversation, state, title, compaction, agents, onSend } = props
  const { view, status } = state
  const { sessionId } = conversation
  const { isBeside } = useChatPlace()
  const stop = () => conversation.stop().catch((error) => toast.error('The turn could not be stopped', error))
  const end = () => conversation.end().catch((error) => toast.error('The run could not be ended', error))
  const loadEarlier = useCallback(() => void conversation.loadEarlier(), [conversation])
  const loadBack = useCallback((seq: number) => void conversation.loadBack(seq), [conversation])
  const takeReturned = useCallback(() => conversation.takeReturned(), [conversation])
  const Transcript = useOnDemand(transcriptPart, status !== 'new')
  const MetricsLine = useOnDemand(metricsLine, status !== 'new')
  const Announcer = useOnDemand(announcer, status !== 'new')
  const isTuned = sessionId !== undefined || props.isTuned === true
  const TuningButton = useOnDemand(tuningButton, true, { held: !isTuned })
  const activity = runActivity(view)
  const agent = status === 'new' ? props.chosen : state.agent
  const mode = composerMode(view.run, activity)
  const commands = useCommands({ sessionId, mode, stop, end, compact: compaction.action })
  const mentions = useMemo(() => agentMentions(agents), [agents])
  const sent = useCallback(() => writtenTexts(conversation.view), [conversation])
  const lastTurn = view.turns.findLast((turn) => turn.input)
  const last = useMemo(
    () => lastTurn?.input && { turnId: lastTurn.id, text: lastTurn.input.text },
    [lastTurn?.id, lastTurn?.input],
  )

  return (
    <>
      {status === 'new' && props.welcome}
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
            address={props.turn}
            onAddress={props.onTurn}
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
          {props.aboutLine}
          <Composer
            draftOf={sessionId ?? props.draftOf}
            mode={mode}
            waitsFor={waitsFor(state, activity)}
            stopping={state.stopping}
            returned={state.returned}
            last={last}
            sent={sent}
            gauge={view.gauge}
            suggestions={[commands, mentions, documentMentions]}
            about={props.about}
            focused={props.focused}
            onSend={onSend}
            onStop={stop}
            onEnd={end}
            onTakeReturned={takeReturned}
          >
            {status === 'new' ? (
              <AgentPicker agents={props.choices} value={props.chosen} onChange={props.onChoose} />
            ) : (
              <AgentName name={state.agent} />
            )}
            {TuningButton && isTuned && agent !== '' && <TuningButton sessionId={sessionId} agent={agent} />}
          </Composer>
          <div className="flex h-7 items-center justify-between gap-3 px-1">
            {MetricsLine && <MetricsLine sessionId={sessionId} turns={view.turns} gauge={view.gauge} />}
            {!isBeside && (
              <span className="ml-auto hidden shrink-0 text-2xs text-faint md:inline">
                Enter sends · Shift+Enter makes a line
              </span>
            )}
          </div>
        </div>
      )}
      {Announcer && <Announcer view={view} />}
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
