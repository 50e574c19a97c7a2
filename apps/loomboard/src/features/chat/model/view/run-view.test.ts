import { describe, expect, it } from 'vitest'
import {
  aLog,
  call,
  parked,
  parkedAfter,
  result,
  sketch,
  steer,
  stopped,
  text,
  textWasThinking,
  thinking,
  usage,
} from '../makers.ts'
import { emptyView, type RunView } from '../types.ts'
import { endRun } from './attach.ts'
import { addPending, markQueued, writtenTexts } from './inputs.ts'
import { applyEvents } from './run-view.ts'

const play = (...events: Parameters<ReturnType<typeof aLog>['log']>) => applyEvents(emptyView, aLog().log(...events))

describe('a turn', () => {
  it('keeps text, reasoning and tool calls in the order they came', () => {
    const view = play(
      steer('Hi'),
      thinking('Hm'),
      text('Let me '),
      text('look.'),
      call('c1'),
      usage(),
      result('c1'),
      text('Done.'),
      usage(),
      parked,
    )
    expect(sketch(view)).toEqual(['> Hi | thinking:Hm text:Let me look. tool:done:c1 text:Done. (done)'])
    expect(view.run.phase).toBe('parked')
  })

  it('times reasoning from its first word to what follows it', () => {
    const { log, wait } = aLog()
    const start = log(steer('Hi'), thinking('a'))
    wait(5_900)
    const view = applyEvents(emptyView, [...start, ...log(text('b'))])
    const part = view.turns[0]?.parts[0]
    expect(part?.kind === 'thinking' && part.endedAt! - part.startedAt).toBe(6_000)
  })

  it('shows as reasoning what turns out to have been that, and nothing that was said before', () => {
    const view = play(
      steer('Hi'),
      text('Let me look.'),
      call('c1'),
      usage(),
      result('c1'),
      text('They want '),
      text('the time.\n'),
      textWasThinking,
      text('Noon.'),
      parked,
    )
    expect(sketch(view)).toEqual([
      '> Hi | text:Let me look. tool:done:c1 thinking:They want the time. text:Noon. (done)',
    ])
  })

  it.each(['max_tokens', 'content_filter', 'refusal', 'no_answer'])('keeps that it ended with %s', (stop_reason) => {
    expect(play(steer('Hi'), text('Half'), parkedAfter(stop_reason)).turns[0]?.ending).toBe(stop_reason)
    expect(play(steer('Hi'), text('Half'), { type: 'done', stop_reason }).turns[0]?.ending).toBe(stop_reason)
  })

  it.each(['end_turn', 'stop_sequence', 'constructor'])('is whole where it ended with %s', (stop_reason) => {
    expect(play(steer('Hi'), text('All'), parkedAfter(stop_reason)).turns[0]?.ending).toBeUndefined()
  })

  it('finishes a tool by its id, whatever order results arrive in', () => {
    const view = play(
      steer('Hi'),
      call('a'),
      call('b'),
      call('c'),
      usage(),
      result('c', 'C'),
      result('a', 'A', true),
      result('b', 'B'),
    )
    expect(view.turns[0]?.parts.map((part) => part.kind === 'tool' && [part.callId, part.state, part.result])).toEqual([
      ['a', 'failed', 'A'],
      ['b', 'done', 'B'],
      ['c', 'done', 'C'],
    ])
    expect(view.openTools).toEqual([])
  })

  it('gives two calls that share an id a result each', () => {
    const view = play(steer('Hi'), call('a'), call('a'), result('a', '1'), result('a', '2'))
    expect(view.turns[0]?.parts.map((part) => part.kind === 'tool' && part.result)).toEqual(['1', '2'])
  })

  it('starts with the run of a new turn even when tool ids are used again', () => {
    const view = play(
      steer('1'),
      call('lc-0-0'),
      result('lc-0-0', 'one'),
      parked,
      steer('2'),
      call('lc-0-0'),
      result('lc-0-0', 'two'),
      parked,
    )
    expect(view.turns.map((turn) => turn.parts[0]?.kind === 'tool' && turn.parts[0].result)).toEqual(['one', 'two'])
  })
})

describe('steering', () => {
  it('in the middle of a tool call loses neither the result nor the end of it', () => {
    const view = play(steer('Go'), call('c1'), usage(), steer('Faster'), result('c1'), text('Right.'), parked)
    expect(sketch(view)).toEqual(['> Go | tool:done:c1 (done)', '> Faster | text:Right. (done)'])
  })

  it('takes the queued input that the event names, and shows it once', () => {
    const { log } = aLog()
    let view: RunView = applyEvents(emptyView, log(steer('Go'), text('…')))
    view = addPending(view, { localId: 'l1', text: 'More', at: 1, state: 'sending' })
    view = markQueued(view, 'l1', 'i1')
    view = applyEvents(view, log(steer('More', 'i1')))
    expect(view.pending).toEqual([])
    expect(sketch(view)).toEqual(['> Go | text:… (done)', '> More | (working)'])
  })

  it('counts as written before an agent has read it', () => {
    const view = addPending(play(steer('Go'), text('…')), { localId: 'l1', text: 'More', at: 1, state: 'sending' })
    expect(writtenTexts(view)).toEqual(['Go', 'More'])
  })

  it('is known as taken in when its event overtakes the answer to its request', () => {
    const { log } = aLog()
    let view: RunView = applyEvents(emptyView, log(steer('Go'), parked))
    view = addPending(view, { localId: 'l1', text: 'More', at: 1, state: 'sending' })
    view = applyEvents(view, log(steer('More', 'i1'), text('Yes')))
    view = markQueued(view, 'l1', 'i1')
    expect(view.pending).toEqual([])
    expect(view.turns).toHaveLength(2)
  })

  it('is known by its id as taken in, where the log has its words a little differently', () => {
    const { log } = aLog()
    let view: RunView = applyEvents(emptyView, log(steer('Go'), parked))
    view = addPending(view, { localId: 'l1', text: 'two\r\nlines', at: 1, state: 'sending' })
    view = applyEvents(view, log(steer('two\nlines', 'i1')))
    view = markQueued(view, 'l1', 'i1')
    expect(view.pending).toEqual([])
    expect(view.turns).toHaveLength(2)
  })

  it('with the same words twice makes two turns', () => {
    const { log } = aLog()
    let view: RunView = applyEvents(emptyView, log(steer('Go'), parked))
    view = addPending(view, { localId: 'l1', text: 'again', at: 1, state: 'sending' })
    view = addPending(view, { localId: 'l2', text: 'again', at: 1, state: 'sending' })
    view = applyEvents(view, log(steer('again', 'i1')))
    expect(view.pending.map((input) => input.localId)).toEqual(['l2'])
    view = applyEvents(view, log(steer('again', 'i2')))
    expect(view.pending).toEqual([])
    expect(view.turns).toHaveLength(3)
  })

  it('that nobody took in before the run ended is handed back', () => {
    let view = play(steer('Go'), text('…'))
    view = markQueued(addPending(view, { localId: 'l1', text: 'More', at: 1, state: 'sending' }), 'l1', 'i1')
    view = endRun(view, 'cancelled', 2)
    expect(view.pending).toMatchObject([{ text: 'More', state: 'unread' }])
  })
})

describe('attaching again', () => {
  it('skips what it has and doubles nothing', () => {
    const events = aLog().log(steer('Hi'), text('a'), text('b'), call('c'), result('c'), parked)
    const once = applyEvents(emptyView, events)
    expect(sketch(applyEvents(once, events))).toEqual(sketch(once))
    for (let cut = 0; cut < events.length; cut++) {
      const again = applyEvents(applyEvents(emptyView, events.slice(0, cut + 2)), events.slice(cut))
      expect(sketch(again)).toEqual(sketch(once))
    }
  })

  it('reads a person’s turns from the log’s own rows and leaves the system prompt out', () => {
    const view = play(
      { type: 'system_prompt', payload: { system_prompt: 'You are…' } },
      {
        type: 'user_input',
        payload: [
          { role: 'system', content: [{ type: 'trusted-text', text: 'secret' }] },
          { role: 'user', content: [{ type: 'trusted-text', text: 'Hello' }] },
        ],
      },
      text('Hi'),
      parked,
    )
    expect(sketch(view)).toEqual(['> Hello | text:Hi (done)'])
  })

  it('shows an opening message once, whether or not the server repeats it', () => {
    const opened = addPending(emptyView, { localId: 'l1', text: 'Hello', at: 1, state: 'sending', opens: true })
    const repeated = applyEvents(opened, aLog().log({ type: 'started' }, steer('Hello'), text('Hi')))
    const late = applyEvents(opened, aLog().log({ type: 'started' }, text('H'), steer('Hello'), text('i')))
    const silent = applyEvents(opened, aLog().log({ type: 'started' }, text('Hi')))
    for (const view of [repeated, late, silent]) {
      expect(sketch(view)).toEqual(['> Hello | text:Hi (working)'])
      expect(view.pending).toEqual([])
    }
  })
})

describe('stopping', () => {
  it('leaves nothing streaming', () => {
    const view = play(steer('Go'), thinking('x'), text('Half a sen'), call('c1'), stopped, parked)
    expect(sketch(view)).toEqual(['> Go | thinking:x text:Half a sen tool:stopped:c1 (stopped)'])
    expect(view.run.phase).toBe('parked')
    expect(view.turns[0]?.parts.some((part) => part.kind === 'text' && part.open)).toBe(false)
  })

  it('closes what an earlier run left open when a later one begins', () => {
    const first = applyEvents(emptyView, aLog('r1').log(steer('Go'), call('c1')))
    const view = applyEvents(first, [{ seq: 9, runId: 'r2', at: 5, event: steer('Again') }])
    expect(sketch(view)).toEqual(['> Go | tool:stopped:c1 (stopped)', '> Again | (working)'])
  })

  it('does not give the result of a later run to a call of the same id that was stopped before', () => {
    const first = applyEvents(emptyView, aLog('r1').log(steer('Go'), call('c1'), stopped))
    const later = [steer('Again'), result('c1', 'later')]
    const view = applyEvents(
      first,
      later.map((event, i) => ({ seq: 9 + i, runId: 'r2', at: 5, event })),
    )
    expect(sketch(view)).toEqual(['> Go | tool:stopped:c1 (stopped)', '> Again | tool:done:c1 (working)'])
  })

  it('takes a late result of a stopped call', () => {
    const view = play(steer('Go'), call('c1'), stopped, parked, result('c1', 'late'))
    expect(sketch(view)).toEqual(['> Go | tool:done:c1 (stopped)'])
  })
})

describe('a request that was changed so that the model could be asked', () => {
  const adjusted = (request_adjusted: object) => ({
    type: 'request_adjusted' as const,
    request_adjusted: { provider: 'openai', model: 'qwen3', reason: 'openai 400: too long', ...request_adjusted },
  })

  it.each([
    [
      { cause: 'too_long', done: 'shortened', max_context_tokens: 8192 },
      'This was too long for qwen3, which takes 8,192 tokens. It was made shorter and asked again.',
    ],
    [
      { cause: 'said_too_long', done: 'shortened' },
      'This message is too long for qwen3, which sees its beginning and its end.',
    ],
    [
      { cause: 'unreadable_picture', done: 'left_out', pictures: 'new' },
      'qwen3 could not read the picture. It was asked again without.',
    ],
    [
      { cause: 'too_many_pictures', done: 'left_out', pictures_kept: 1 },
      'These are more pictures than qwen3 takes. It was asked again with the latest.',
    ],
    [
      { cause: 'too_many_pictures', done: 'left_out', pictures_kept: 5 },
      'These are more pictures than qwen3 takes. It was asked again with the latest 5.',
    ],
    [
      { cause: 'too_many_pictures', done: 'left_out', pictures_kept: 0 },
      'These are more pictures than qwen3 takes. It was asked again with none of them.',
    ],
    [
      { cause: 'refused_words', done: 'left_out' },
      'A filter of the service of qwen3 refused this. The model is not shown it again.',
    ],
    [
      { cause: 'refused_tools', done: 'left_out' },
      'qwen3 takes no tools. It was asked again without, and has none in this conversation.',
    ],
    [
      { cause: 'refused_thinking', done: 'left_out' },
      'qwen3 did not take what it had thought before. It was asked again without.',
    ],
  ])('is a calm line in its turn', (adjustment, words) => {
    const view = play(steer('Hi'), adjusted(adjustment), text('x'))
    expect(view.turns.at(-1)?.parts).toMatchObject([
      { kind: 'notice', tone: 'info', text: words, detail: 'openai 400: too long' },
      { kind: 'text', text: 'x' },
    ])
  })
})

describe('the numbers', () => {
  it('count cached tokens as part of the context', () => {
    const view = play(steer('Hi'), usage(15, 5, { cache_read_input_tokens: 90_000, max_context_tokens: 200_000 }))
    expect(view.gauge).toEqual({ used: 90_015, max: 200_000 })
  })

  it('are none of a service that counts nothing', () => {
    expect(play(steer('Hi'), usage(0, 0, { max_context_tokens: 8192 })).gauge).toBeUndefined()
  })

  it('are right immediately after a compaction, which shows in the conversation', () => {
    const view = play(steer('Hi'), text('x'), usage(90_000, 5, { max_context_tokens: 100_000 }), parked, {
      type: 'context_compaction',
      context_compaction: { summary: 'So far…', before_tokens: 90_000, after_tokens: 9_000 },
    })
    expect(view.gauge).toEqual({ used: 9_000, max: 100_000, estimated: true })
    expect(sketch(view)).toEqual(['> Hi | text:x compaction:90000→9000 (done)'])
  })

  it('say where the window is a guess, after a compaction too', () => {
    const guessed = usage(900, 5, { max_context_tokens: 32_768, max_context_is_guess: true })
    expect(play(steer('Hi'), guessed).gauge).toEqual({ used: 900, max: 32_768, isGuess: true })
    const compacted = play(steer('Hi'), guessed, {
      type: 'context_compaction',
      context_compaction: { summary: 'So far…', after_tokens: 90 },
    })
    expect(compacted.gauge).toEqual({ used: 90, max: 32_768, isGuess: true, estimated: true })
  })

  it('do not take the totals of a whole run for its context', () => {
    const view = play(steer('Hi'), text('x'), usage(100, 5), {
      type: 'done',
      stop_reason: 'end_turn',
      usage: { input_tokens: 5_000, output_tokens: 90 },
    })
    expect(view.gauge?.used).toBe(100)
    expect(view.run.phase).toBe('ended')
  })

  it('add up what the calls of a turn cost that had a price', () => {
    const priced = (cost: number, cost_currency: string) => ({
      type: 'usage' as const,
      usage: { input_tokens: 1, output_tokens: 1, cost, cost_currency },
    })
    const view = play(steer('Hi'), priced(0.5, 'USD'), usage(1, 1), priced(0.25, 'USD'), priced(40, 'JPY'))
    expect(view.turns[0]?.usage.cost).toEqual({ amount: 0.75, currency: 'USD' })
    expect(play(steer('Hi'), usage(1, 1)).turns[0]?.usage.cost).toBeUndefined()
  })

  it('measure speed from the first word of an answer to its usage', () => {
    const { log, wait } = aLog()
    const start = log(steer('Hi'), text('x'))
    wait(1_900)
    expect(applyEvents(emptyView, [...start, ...log(usage(10, 100))]).turns[0]?.usage.tokensPerSecond).toBe(50)
  })
})

describe('a model call that is redone', () => {
  const retry = (attempt: number) => ({
    type: 'retry' as const,
    retry: { provider: 'anthropic', attempt, wait_ms: 10, reason: 'exponential backoff' },
  })

  it('folds away what it had said, and nothing before it', () => {
    const view = play(
      steer('Go'),
      text('First.'),
      call('c1'),
      usage(),
      result('c1'),
      thinking('hm'),
      text('Half'),
      retry(1),
      text('Whole.'),
      parked,
    )
    expect(sketch(view)[0]).toMatch(/^> Go \| text:First\. tool:done:c1 notice:Trying again.* text:Whole\. \(done\)$/)
    const notice = view.turns[0]?.parts[2]
    expect(notice?.kind === 'notice' && notice.detail).toBe('Half')
  })

  it('says how long a service wants to be left alone', () => {
    const view = play(steer('Go'), {
      type: 'retry',
      retry: { provider: 'p', attempt: 1, wait_ms: 90_000, reason: 'x' },
    })
    expect(sketch(view)).toEqual(['> Go | notice:p wants a pause; asking again in 1 min 30 s (attempt 1) (working)'])
  })

  it('says in plain words that another model goes on, and what that costs', () => {
    const view = play(
      steer('Go'),
      text('As I was say'),
      {
        type: 'provider_fallback',
        fallback: {
          ...{ failed_provider: 'anthropic', failed_model: 'claude', new_provider: 'deepseek', new_model: 'chat' },
          ...{ attempt: 1, reason: 'retryable', cause_error: 'anthropic 529: overloaded' },
        },
      },
      { type: 'cache_invalidated', text: 'It reads the conversation anew.' },
      { type: 'model_downgraded', text: 'One that does not think takes its place.' },
      text('Here.'),
    )
    const [turn] = view.turns
    expect(turn!.parts.map((part) => (part.kind === 'notice' || part.kind === 'text' ? part.text : part.kind))).toEqual(
      [
        'claude failed; chat takes over',
        'It reads the conversation anew.',
        'One that does not think takes its place.',
        'Here.',
      ],
    )
  })

  it('makes one notice of several attempts', () => {
    const view = play(steer('Go'), retry(1), retry(2), retry(3), text('Here.'))
    expect(view.turns[0]?.parts.map((part) => part.kind)).toEqual(['notice', 'text'])
  })
})

describe('errors', () => {
  it('end the turn, say so once, and the conversation goes on', () => {
    const error = { type: 'error' as const, error: 'anthropic: overloaded' }
    const view = play(steer('Go'), text('Ha'), error, error, parked, steer('Again'), text('Yes'), parked)
    expect(sketch(view)).toEqual(['> Go | text:Ha error:anthropic: overloaded (failed)', '> Again | text:Yes (done)'])
  })

  it('that the run survives let the turn go on', () => {
    const view = play(steer('Go'), text('a'), { type: 'error', error: 'could not summarise' }, text('b'), parked)
    expect(sketch(view)).toEqual(['> Go | text:a error:could not summarise text:b (done)'])
  })
})

it('skips events it does not know', () => {
  const view = play(steer('Go'), text('a'), { type: 'teleported', where: 'away' }, text('b'))
  expect(sketch(view)).toEqual(['> Go | text:ab (working)'])
})

describe('identity', () => {
  it('of settled turns survives every later event, so that nothing of them renders again', () => {
    const { log } = aLog()
    const settled = applyEvents(
      emptyView,
      log(steer('1'), text('one'), parked, steer('2'), text('two'), parked, steer('3')),
    )
    let view = settled
    for (let i = 0; i < 50; i++) view = applyEvents(view, log(text('x'), thinking('y')))
    expect(view.turns[0]).toBe(settled.turns[0])
    expect(view.turns[1]).toBe(settled.turns[1])
    expect(view.turns[2]).not.toBe(settled.turns[2])
  })

  it('of an older view is never touched by a newer one', () => {
    const { log } = aLog()
    const before = applyEvents(emptyView, log(steer('1'), call('c'), text('one')))
    const copy = structuredClone(before)
    applyEvents(before, log(text(' more'), result('c'), usage(), parked))
    expect(before).toEqual(copy)
  })
})
