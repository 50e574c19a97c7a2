import { describe, expect, it } from 'vitest'
import { aLog, call, childResult, childStarted, parked, result, sketch, steer, stopped, text } from '../makers.ts'
import { runActivity } from '../run-activity.ts'
import { emptyView, type RunView } from '../types.ts'
import { prependEarlier } from './attach.ts'
import { applyEvents } from './run-view.ts'

const play = (...events: Parameters<ReturnType<typeof aLog>['log']>) => applyEvents(emptyView, aLog().log(...events))
const spawn = call('s1', 'Agent', { op: 'parallel_spawn' })
const childrenOf = (view: RunView) =>
  view.turns.flatMap((turn) => turn.parts.flatMap((part) => (part.kind === 'tool' ? (part.children ?? []) : [])))

describe('sub-agents', () => {
  it('stand with the call that started them, in the order of its tasks', () => {
    const view = play(steer('Go'), spawn, childStarted('s1', 1), childStarted('s1', 0))
    expect(childrenOf(view)).toMatchObject([
      { index: 0, agent: 'helper', runId: 'child0', agentId: 'a_child0', state: 'running' },
      { index: 1, runId: 'child1', state: 'running' },
    ])
    expect(runActivity(view)).toEqual({ kind: 'delegating', children: 2 })
  })

  it('end each with its own result; a failure is one child’s, not the call’s', () => {
    const view = play(
      steer('Go'),
      spawn,
      childStarted('s1', 0),
      childStarted('s1', 1),
      childResult('s1', 1, false),
      childResult('s1', 0),
      result('s1', '{}', false, 'Agent'),
      text('Both are back.'),
    )
    expect(sketch(view)).toEqual(['> Go | tool:done:s1[done,failed] text:Both are back. (working)'])
    expect(childrenOf(view)).toMatchObject([{ output: 'Found.' }, { error: 'No.', runId: 'child1' }])
  })

  it('include tasks that no run could be made for', () => {
    const [child] = childrenOf(play(steer('Go'), spawn, childResult('s1', 0, false)))
    expect(child).toMatchObject({ state: 'failed', error: 'No.' })
    expect(child?.runId).toBeUndefined()
  })

  it('stop with the turn', () => {
    expect(sketch(play(steer('Go'), spawn, childStarted('s1'), stopped, parked))).toEqual([
      '> Go | tool:stopped:s1[stopped] (stopped)',
    ])
  })

  it('do not number the log of their parent', () => {
    const events = aLog().log(steer('Go'), spawn, childStarted('s1'), result('s1', 'ok', false, 'Agent'))
    const child = { type: 'child', run_id: 'child0', parent_run_id: 'r1', seq: 999, event: { type: 'text', text: 'x' } }
    const view = applyEvents(emptyView, [...events.slice(0, 3), { seq: 999, at: 1, event: child }, ...events.slice(3)])
    expect(sketch(view)).toEqual(['> Go | tool:done:s1[done] (working)'])
    expect(view.lastSeq).toBe(4)
  })

  it('are the same when the log is read in two pages, wherever it is cut', () => {
    const events = aLog().log(
      steer('Go'),
      spawn,
      childStarted('s1', 0),
      childStarted('s1', 1),
      childResult('s1', 0),
      childResult('s1', 1, false),
      result('s1', '{}', false, 'Agent'),
      text('Done.'),
      parked,
    )
    const whole = applyEvents(emptyView, events)
    for (let cut = 1; cut < events.length; cut++) {
      const later = applyEvents(emptyView, events.slice(cut))
      const joined = prependEarlier(later, applyEvents(emptyView, events.slice(0, cut)))
      expect(sketch(joined)).toEqual(sketch(whole))
    }
  })
})

describe('a compaction that failed', () => {
  it('is said, and the turn goes on', () => {
    const failed = { type: 'error' as const, error: 'The conversation could not be compacted: no answer' }
    const view = play(steer('Go'), text('a'), failed)
    expect(sketch(view)).toEqual(['> Go | text:a notice:The conversation could not be compacted: no answer (working)'])
  })
})
