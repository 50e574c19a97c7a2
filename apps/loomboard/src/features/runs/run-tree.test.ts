import type { Agent } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { toRunRows, withLive } from './run-tree.ts'

const run = (id: string, parent: string | null = null, more: Partial<Agent> = {}) =>
  ({
    agent_id: `a_${id}`,
    run_id: id,
    session_id: `s_${id}`,
    parent_agent_id: parent && `a_${parent}`,
    status: 'completed',
    started_at: `2026-01-01T00:00:0${id}Z`,
    ...more,
  }) as Agent
const sketch = (rows: ReturnType<typeof toRunRows>) => rows.map(({ run, depth }) => `${'-'.repeat(depth)}${run.run_id}`)

describe('the tree of runs', () => {
  it('has children beneath their parents, oldest first, and parents as listed', () => {
    const rows = toRunRows([run('5'), run('4', '1'), run('3', '2'), run('2', '1'), run('1')], false)
    expect(sketch(rows)).toEqual(['5', '1', '-2', '--3', '-4'])
  })

  it('has children of one moment in the order they were started in', () => {
    const at = { started_at: '2026-01-01T00:00:09Z' }
    const rows = toRunRows([run('c', '1', at), run('b', '1', at), run('a', '1', at), run('1')], false)
    expect(sketch(rows)).toEqual(['1', '-a', '-b', '-c'])
  })

  it('shows a child whose parent is not listed', () => {
    expect(sketch(toRunRows([run('2', '1')], false))).toEqual(['2'])
  })

  it('shows with a running run those it was started by', () => {
    const rows = toRunRows([run('3'), run('2', '1', { status: 'running' }), run('4', '1'), run('1')], true)
    expect(sketch(rows)).toEqual(['1', '-2'])
  })

  it('is up to date with what was told since it was listed', () => {
    const live = {
      runId: '1',
      agentId: 'a_1',
      sessionId: 's',
      agent: 'x',
      status: 'running',
      phase: 'parked',
      startedAt: 0,
    } as const
    const [told, ended] = withLive(
      [run('1', null, { status: 'running', phase: 'working' }), run('2')],
      new Map([
        ['1', live],
        ['2', { ...live, runId: '2' }],
      ]),
    )
    expect(told?.phase).toBe('parked')
    expect(ended?.status).toBe('completed')
  })
})
