import { describe, expect, it } from 'vitest'
import { aLog, call, parked, result, sketch, steer, text, thinking, usage } from '../makers.ts'
import { emptyView } from '../types.ts'
import { prependEarlier, withLatestRun } from './attach.ts'
import { applyEvents } from './run-view.ts'

const priced = usage(100, 20, { cost: 0.5, cost_currency: 'USD' })
const conversation = () =>
  aLog().log(
    ...[steer('One'), thinking('a'), thinking('b'), text('x'), text('y'), call('c1'), call('c2'), priced],
    ...[result('c2'), result('c1'), text('z'), priced, parked],
    ...[steer('Two'), call('c3'), usage(), result('c3'), text('end'), usage(), parked],
  )

describe('an earlier page of the log', () => {
  it('joins up with the later one wherever the cut is', () => {
    const events = conversation()
    const whole = applyEvents(emptyView, events)
    for (let cut = 1; cut < events.length; cut++) {
      const later = applyEvents(emptyView, events.slice(cut))
      const joined = prependEarlier(later, applyEvents(emptyView, events.slice(0, cut)))
      expect(sketch(joined)).toEqual(sketch(whole))
      expect(joined.turns.map((turn) => turn.usage.output)).toEqual(whole.turns.map((turn) => turn.usage.output))
      expect(joined.turns[0]?.usage.cost).toEqual({ amount: 1, currency: 'USD' })
      expect(joined.firstSeq).toBe(1)
    }
  })

  it('leaves what is still open where it is found by what comes later', () => {
    const { log } = aLog()
    const before = log(steer('One'), text('x'), call('c1'), call('c2'), usage())
    const after = log(result('c2'), result('c1'), text('z'), parked)
    const whole = applyEvents(emptyView, [...before, ...after])
    for (let cut = 1; cut < before.length; cut++) {
      const later = applyEvents(emptyView, before.slice(cut))
      const joined = prependEarlier(later, applyEvents(emptyView, before.slice(0, cut)))
      expect(sketch(applyEvents(joined, after))).toEqual(sketch(whole))
    }
  })
})

describe('the latest run of a transcript', () => {
  const run = { run_id: 'r1', agent_id: 'a1', interactive: true }

  it('that is over ends what the log left open', () => {
    const view = applyEvents(emptyView, aLog().log(steer('Go'), call('c1')))
    const ended = withLatestRun(view, { ...run, status: 'failed' }, 1)
    expect(sketch(ended)).toEqual(['> Go | tool:stopped:c1 (failed)'])
    expect(ended.run.phase).toBe('ended')
  })

  it('that goes on leaves it open', () => {
    const view = applyEvents(emptyView, aLog().log(steer('Go'), call('c1')))
    const live = withLatestRun(view, { ...run, status: 'running', phase: 'working' }, 1)
    expect(sketch(live)).toEqual(['> Go | tool:running:c1 (working)'])
    expect(live.run).toMatchObject({ phase: 'working', agentId: 'a1' })
  })
})
