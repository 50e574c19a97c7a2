import type { Chat } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { addressOf, atTop, placeBranches } from './branches.ts'
import { aLog, parked, steer, text } from './makers.ts'
import { emptyView } from './types.ts'
import { applyEvents } from './view/run-view.ts'

const { log } = aLog()
const { turns } = applyEvents(
  emptyView,
  log(steer('First'), text('a'), parked, steer('Second'), text('b'), parked, steer('Third'), text('c'), parked),
)
const [first, second] = turns
/** The last event before the second turn. */
const gap = Number(second!.id.slice(1)) - 1

function aChat(session_id: string, seq: number, source = 'here'): Chat {
  return {
    session_id,
    tenant_id: 'default',
    agent: 'demo',
    user_id: 'default',
    created_at: '2026-01-01T00:00:00Z',
    last_activity: '2026-01-01T00:00:00Z',
    status: 'completed',
    title: `Title of ${session_id}`,
    run_count: 1,
    input_tokens: 0,
    output_tokens: 0,
    cost: 0,
    branched_from: { session_id: source, seq },
  }
}
const here = { sessionId: 'here', title: 'Here', turns, hasEarlier: false }
const ids = (versions: readonly { sessionId: string }[] = []) => versions.map(({ sessionId }) => sessionId)

describe('marks', () => {
  it('stand after the turn at which branches leave, this conversation being the first of its versions', () => {
    const marks = placeBranches(here, undefined, [aChat('a', gap), aChat('b', gap), aChat('c', 999)], [])
    expect([...marks.keys()]).toEqual([first!.id, turns[2]!.id])
    const mark = marks.get(first!.id)
    expect(ids(mark?.branches)).toEqual(['a', 'b'])
    expect(ids(mark?.versions)).toEqual(['here', 'a', 'b'])
    expect(mark?.current).toBe(0)
    // Behind the copy is the row that says so, and behind that what was said there first.
    expect(mark?.branches[0]?.turn).toBe(addressOf(gap + 2))
  })

  it('stand where a branch leaves its source, among the others that leave it there', () => {
    const from = { session_id: 'source', seq: gap, title: 'Source' }
    const siblings = [aChat('x', gap, 'source'), aChat('here', gap, 'source'), aChat('y', gap + 3, 'source')]
    const mark = placeBranches(here, from, [], siblings).get(first!.id)
    expect(mark?.from).toEqual(from)
    expect(ids(mark?.versions)).toEqual(['source', 'x', 'here'])
    expect(mark?.current).toBe(2)
    expect(mark?.branches).toEqual([])
  })

  it('stand before everything where nothing is in common', () => {
    expect([...placeBranches(here, { session_id: 'source', seq: 0 }, [], []).keys()]).toEqual([atTop])
    expect(placeBranches({ ...here, hasEarlier: true }, { session_id: 'source', seq: 0 }, [], []).size).toBe(0)
  })

  it('are left out further up than what is loaded', () => {
    const later = { ...here, turns: turns.slice(1), hasEarlier: true }
    expect(placeBranches(later, undefined, [aChat('a', gap)], []).size).toBe(0)
  })
})
