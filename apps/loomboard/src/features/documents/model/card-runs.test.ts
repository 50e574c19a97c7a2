import { describe, expect, it } from 'vitest'
import type { LiveRun } from '../../../lib/runs/live-runs.ts'
import { asShown, atWork, mostUrgent } from './card-runs.ts'

const run = (id: string, more: Partial<LiveRun> = {}): LiveRun => ({
  ...{ runId: id, agentId: `a_${id}`, sessionId: `s_${id}`, agent: 'drafter', status: 'running', phase: 'working' },
  ...{ startedAt: 1, card: { documentId: 'd', chunkId: 'c' } },
  ...more,
})
const on = (chunkId: string, documentId = 'd') => ({ card: { documentId, chunkId } })

describe('who is at work on cards', () => {
  it('are the runs of the document that go on, the first before the others', () => {
    const runs = [
      run('2', { startedAt: 5 }),
      run('1'),
      run('3', { status: 'completed' }),
      run('4', on('c', 'elsewhere')),
      run('5', on('other')),
      { ...run('6'), card: undefined } as never,
    ]
    const work = atWork(runs, 'd')
    expect(work.get('c')?.map(({ runId }) => runId)).toEqual(['1', '2'])
    expect(work.get('other')?.map(({ runId }) => runId)).toEqual(['5'])
    expect(work.size).toBe(2)
  })

  it('have their sub-agents with them, and ask what those ask', () => {
    const child = run('2', { parentAgentId: 'a_1', phase: 'waiting', awaited: 'interrupted' })
    const [first, ...others] = atWork([run('1'), child, run('3')], 'd').get('c') ?? []
    expect(others.map(({ runId }) => runId)).toEqual(['3'])
    expect(first).toMatchObject({ runIds: ['1', '2'], asking: ['2'] })
    expect(asShown(first!).awaited).toBe('interrupted')
    expect(mostUrgent([others[0]!, first!])?.runId).toBe('1')
  })

  it('are the same to a card that nothing has changed for', () => {
    const before = atWork([run('1'), run('2', on('other'))], 'd')
    const after = atWork([run('1'), run('2', { ...on('other'), phase: 'waiting' })], 'd', before)
    expect(after.get('c')).toBe(before.get('c'))
    expect(after.get('other')).not.toBe(before.get('other'))
  })
})
