import fc from 'fast-check'
import type { LogEvent, Reasoning } from '../../log/log-event.ts'
import { compactionEvent } from '../compaction.ts'
import type { CompactionSettings } from '../compaction-cut.ts'
import { History } from '../history.ts'

/** What can happen in a conversation; each finds out for itself whether it can happen now. */
type Step =
  | { kind: 'say'; text: string; image: boolean }
  | { kind: 'turn'; text: string; calls: string[]; reasoning: Reasoning | undefined }
  | { kind: 'broken'; text: string; closed: boolean }
  | { kind: 'results'; text: string; reversed: boolean; isError: boolean }
  | { kind: 'rest'; type: 'awaiting_input' | 'done' }
  | { kind: 'compact'; settings: CompactionSettings; window: number | undefined; summary: string }

const text = fc.oneof(
  { weight: 5, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '</summary>', 'long '.repeat(200)) },
)

const settings: fc.Arbitrary<CompactionSettings> = fc.record({
  enabled: fc.boolean(),
  targetPercentage: fc.integer({ min: 10, max: 50 }),
  keepLastN: fc.nat(8),
  keepFirst: fc.boolean(),
  autocompactAtPct: fc.integer({ min: 50, max: 95 }),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('say'), text, image: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('turn'),
      text,
      calls: fc.array(fc.constantFrom('call_1', 'call_2', '', 'é'), { maxLength: 3 }),
      reasoning: fc.option(fc.record({ provider: fc.constantFrom('p', 'q'), data: fc.constantFrom('why', '[]') }), {
        nil: undefined,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('broken'), text, closed: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('results'), text, reversed: fc.boolean(), isError: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rest'), type: fc.constantFrom('awaiting_input', 'done') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('compact'),
      settings,
      window: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
      summary: text,
    }),
  },
)

export interface Conversation {
  events: LogEvent[]
  /** As it was while the events happened. */
  live: History
  compactions: number
}

/** Any course of a conversation, with compactions anywhere in it. */
export const aConversation: fc.Arbitrary<Conversation> = fc.array(step, { maxLength: 30, size: 'max' }).map((steps) => {
  const live = new History()
  const events: LogEvent[] = []
  let compactions = 0
  const happen = (event: LogEvent) => {
    live.apply(event)
    events.push(event)
    if (event.type === 'context_compaction') compactions++
  }
  happen(said('The task', false))
  for (const one of steps) for (const event of eventsOf(one, live)) happen(event)
  return { events, live, compactions }
})

function* eventsOf(step: Step, live: History): Generator<LogEvent> {
  switch (step.kind) {
    case 'say':
      yield* results(live, 'ok')
      yield said(step.text, step.image)
      return
    case 'turn':
      yield* somethingToAnswer(live)
      yield { type: 'text', text: step.text }
      for (const name of step.calls) {
        yield { type: 'tool_call', tool_use: { id: live.uniqueCallId(name, 1), name: 'look', input: { at: name } } }
      }
      yield { type: 'assistant_turn', stop_reason: 'x', ...(step.reasoning ? { reasoning: step.reasoning } : {}) }
      yield { type: 'usage', usage: { input_tokens: 100, output_tokens: 1, max_context_tokens: 1000 } }
      return
    case 'broken':
      yield* somethingToAnswer(live)
      yield { type: 'text', text: step.text }
      if (step.closed) yield { type: 'assistant_turn', stop_reason: 'error' }
      else yield { type: 'retry', retry: { provider: 'p', attempt: 1, wait_ms: 0, reason: 'x' } }
      return
    case 'results':
      yield* results(live, step.text, step)
      return
    case 'rest':
      yield* results(live, 'ok')
      if (step.type === 'done') yield { type: 'done', stop_reason: 'x', usage: { input_tokens: 1, output_tokens: 1 } }
      else yield { type: 'awaiting_input', awaiting_input: { since_turn: 1 } }
      return
    case 'compact': {
      yield* results(live, 'ok')
      const { settings, window, summary } = step
      const found = live.findSpan(settings, window)
      if (found) yield compactionEvent(live, { summary, kept: found.kept, settings, trigger: 'manual' })
    }
  }
}

function* somethingToAnswer(live: History): Generator<LogEvent> {
  yield* results(live, 'ok')
  if (!live.owesModel) yield said('Go on', false)
}

function* results(live: History, text: string, how = { reversed: false, isError: false }): Generator<LogEvent> {
  const calls = how.reversed ? live.openCalls.toReversed() : [...live.openCalls]
  for (const { id, name, input } of calls) {
    yield { type: 'tool_result', tool_use: { id, name, input }, text, is_error: how.isError }
  }
}

export function said(words: string, image: boolean): LogEvent {
  const content = [
    { type: 'trusted-text' as const, text: words },
    ...(image ? [{ type: 'image' as const, media_type: 'image/png' as const, data: 'AAAA' }] : []),
  ]
  return { type: 'user_input', segments: [{ role: 'user', content }], source: 'api', seen_at: '2026-01-01T00:00:00Z' }
}
