import type { RunEvent } from '@loomcycle/proto'
import { formatDuration } from '../../../../lib/format.ts'
import type { LoggedEvent, RunView, UnlistedEvent } from '../types.ts'
import { noteAdjustment } from './adjustment.ts'
import { addChild, endChild } from './child-changes.ts'
import { askQuestion, resolveQuestion } from './question-changes.ts'
import {
  addNotice,
  appendDelta,
  countUsage,
  endTurn,
  enterRun,
  fail,
  finishRun,
  finishTool,
  noteUnread,
  redo,
  setPhase,
  startTool,
  takeInput,
  textWasThinking,
} from './turn-changes.ts'
import { reduceUnlisted } from './unlisted-events.ts'
import { ViewDraft } from './view-draft.ts'

/** Applies events in order; those at or before `lastSeq` have been applied already and are skipped. */
export function applyEvents(view: RunView, events: readonly LoggedEvent[]): RunView {
  const draft = new ViewDraft(view)
  for (const logged of events) {
    // Of a sub-agent: numbered by another log, and read from there by those who open it.
    if (logged.event.type === 'child') continue
    const { seq } = logged
    if (seq !== undefined) {
      if (seq <= draft.view.lastSeq) continue
      draft.view.lastSeq = seq
      draft.view.firstSeq ||= seq
    }
    if (logged.runId) enterRun(draft, logged.runId, logged.at)
    reduce(draft, logged)
  }
  return draft.finish()
}

function reduce(draft: ViewDraft, { seq, at, ...logged }: LoggedEvent): void {
  const event = logged.event as RunEvent
  const { view } = draft
  switch (event.type) {
    case 'session':
      view.run = { ...view.run, sessionId: event.session_id ?? event.text }
      return
    case 'agent':
      enterRun(draft, event.run_id, at)
      view.run = { ...view.run, agentId: event.agent_id, sessionId: event.session_id || view.run.sessionId }
      return
    case 'started':
      setPhase(draft, 'working')
      return
    case 'steer':
      takeInput(draft, event.user_input.text, event.user_input, seq, at)
      return
    case 'input_returned':
      noteUnread(draft, event.input_returned.text, seq, at)
      return
    case 'text':
    case 'thinking':
      appendDelta(draft, event.type, event.text, seq, at)
      return
    case 'text_was_thinking':
      textWasThinking(draft, at)
      return
    case 'tool_call':
      startTool(draft, event.tool_use, seq, at)
      return
    case 'tool_result':
      finishTool(draft, event, seq, at)
      return
    case 'usage':
      countUsage(draft, event.usage, seq, at)
      return
    case 'retry':
      redo(draft, retryText(event.retry), seq, at, { retryOf: event.retry.provider })
      return
    case 'provider_fallback': {
      const { failed_model, failed_provider, new_model, new_provider, cause_error, reason } = event.fallback
      const next = new_model ?? new_provider
      redo(draft, `${failed_model || failed_provider} failed${next ? `; ${next} takes over` : ''}`, seq, at, {
        detail: cause_error ?? reason,
      })
      return
    }
    case 'fallback_suppressed':
    case 'cache_invalidated':
    case 'reasoning_invalidated':
    case 'model_downgraded':
      addNotice(draft, event.text, seq, at, { stays: true })
      return
    case 'awaiting_input':
      endTurn(draft, event.awaiting_input.stop_reason)
      if (draft.workingTurn) draft.settle(draft.workingTurn, 'done', at)
      setPhase(draft, 'parked')
      return
    case 'turn_cancelled':
      draft.stopOpenTools(at)
      draft.settleQuestions(() => true, { state: 'cancelled' })
      if (draft.workingTurn) draft.settle(draft.workingTurn, 'stopped', at)
      setPhase(draft, 'parked')
      return
    case 'context_compaction': {
      const { summary, before_tokens, after_tokens, trigger } = event.context_compaction
      const turn = draft.latestTurn(seq, at)
      draft.addPart(turn, {
        kind: 'compaction',
        id: draft.newId(seq),
        summary,
        before: before_tokens,
        after: after_tokens,
        trigger,
      })
      turn.boundary = turn.parts.length
      view.gauge = after_tokens === undefined ? undefined : { ...view.gauge, used: after_tokens, estimated: true }
      return
    }
    case 'request_adjusted':
      noteAdjustment(draft, event.request_adjusted, seq, at)
      return
    case 'limit':
      // What a hard one comes to is told by the failure behind it.
      if (event.limit.severity === 'soft') {
        addNotice(draft, event.limit.message ?? 'A limit of tokens is reached.', seq, at, {
          tone: 'warn',
          stays: true,
        })
      }
      return
    case 'interruption_pending':
      askQuestion(draft, event.interruption, seq, at)
      return
    case 'interruption_resolved':
      resolveQuestion(draft, event.interruption)
      return
    case 'spawn_child_started':
      addChild(draft, event.spawn_child, seq, at)
      return
    case 'spawn_child_result':
      endChild(draft, event.spawn_child, seq, at)
      return
    case 'child':
    case 'channel_publish':
    case 'channel_delivery':
      return
    case 'done': {
      const stopped = event.stop_reason.startsWith('cancel')
      if (event.stop_reason === 'max_iterations') addNotice(draft, stepLimit, seq, at)
      endTurn(draft, event.stop_reason)
      finishRun(draft, stopped ? 'stopped' : 'done', at)
      return
    }
    case 'error':
      if (isFailedCompaction(event)) addNotice(draft, event.error, seq, at, { tone: 'warn' })
      else fail(draft, event, seq, at)
      return
    case 'gap':
      addNotice(draft, 'Some of what happened here is no longer kept.', seq, at)
      return
    case 'notice':
      addNotice(draft, event.text, seq, at, { tone: event.code === 'store_unavailable' ? 'warn' : 'info' })
      return
    default: {
      const unlisted: never = event
      reduceUnlisted(draft, unlisted as UnlistedEvent, seq, at)
    }
  }
}

/** A wait that nobody notices is not worth a word. */
function retryText({ provider, attempt, wait_ms }: { provider: string; attempt: number; wait_ms: number }): string {
  if (wait_ms < 5000) return `Trying again: ${provider} did not answer (attempt ${attempt})`
  return `${provider} wants a pause; asking again in ${formatDuration(wait_ms)} (attempt ${attempt})`
}

const stepLimit = 'Stopped at the agent’s step limit. Send a message to go on.'

/** The one error that its turn survives by design. */
function isFailedCompaction({ code, error }: { code?: string; error: string }): boolean {
  return code === 'compaction_failed' || /could not be compacted|compaction failed/i.test(error)
}
