import type { Agent, RunStateEvent, RunStateStreamItem } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { attentionOf } from './attention.ts'
import { LiveRuns, type RunChange } from './live-runs.ts'

const agent = (id: string, more: Partial<Agent> = {}) =>
  ({
    run_id: id,
    agent_id: `a_${id}`,
    session_id: `s_${id}`,
    agent: 'lead',
    parent_agent_id: null,
    status: 'running',
    phase: 'working',
    started_at: '2026-01-01T00:00:00Z',
    ...more,
  }) as Agent
const told = (id: string, more: Partial<RunStateEvent> = {}) =>
  ({
    run_id: id,
    agent_id: `a_${id}`,
    session_id: `s_${id}`,
    agent: 'lead',
    status: 'running',
    ts: '2026-01-01T00:00:05Z',
    ...more,
  }) as RunStateEvent

/** Runs whose stream and lists the test gives out by hand; timers run when told to. */
function aPerson(lists: Agent[][]) {
  const timers = new Map<() => void, number>()
  const changes: RunChange[] = []
  const errors: unknown[] = []
  let send: (item: RunStateStreamItem | undefined) => void = () => {}
  let opened = 0
  const runs = new LiveRuns({
    client: {
      listUserAgents: async (_user, options) => (options?.status === 'running' ? (lists.shift() ?? []) : []),
      async *streamUserRunStates() {
        opened++
        yield { kind: 'open', payload: {} as never }
        for (;;) {
          const item = await new Promise<RunStateStreamItem | undefined>((resolve) => {
            send = resolve
          })
          if (!item) throw new TypeError('network error')
          yield item
        }
      },
    },
    userId: async () => 'me',
    after: (ms, run) => {
      timers.set(run, ms)
      return () => timers.delete(run)
    },
    noteError: (error) => errors.push(error),
    onChange: (more) => changes.push(...more),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    runs,
    changes,
    errors,
    opened: () => opened,
    async tell(event: RunStateEvent | undefined) {
      send(event && { kind: 'event', payload: event })
      await settle()
      await this.tick()
    },
    async tick(upTo = 100) {
      for (const [run, ms] of [...timers]) {
        if (ms > upTo) continue
        timers.delete(run)
        run()
      }
      await settle()
    },
    settle,
    sketch: () =>
      [...runs.state.get().runs.values()].map(
        ({ runId, status, phase }) => `${runId}:${status === 'running' ? phase : status}`,
      ),
  }
}

describe('following a person’s runs', () => {
  it('begins with what runs, which is no news, and then hears of every change', async () => {
    const me = aPerson([[agent('1', { phase: 'parked' })]])
    me.runs.follow('stream')
    await me.settle()
    expect(me.sketch()).toEqual(['1:parked'])
    expect(me.changes).toEqual([])
    await me.tell(told('1', { phase: 'working' }))
    expect(me.sketch()).toEqual(['1:working'])
    expect(me.changes).toMatchObject([{ before: { phase: 'parked' }, after: { phase: 'working' } }])
    me.runs.follow('off')
  })

  it('finds out after an outage what has ended meanwhile', async () => {
    const me = aPerson([[agent('1'), agent('2')], [agent('2')]])
    me.runs.follow('stream')
    await me.settle()
    await me.tell(undefined)
    await me.tick(1000)
    await me.settle()
    expect(me.errors).toHaveLength(1)
    expect(me.opened()).toBe(2)
    expect(me.sketch()).toEqual(['1:completed', '2:working'])
    expect(me.changes.map(({ after }) => after.runId)).toEqual(['1'])
    me.runs.follow('off')
  })

  it('asks now and then while nobody looks, and holds no connection', async () => {
    const me = aPerson([[agent('1')], [agent('1', { phase: 'parked' })]])
    me.runs.follow('poll')
    await me.settle()
    await me.tick(15_000)
    expect(me.sketch()).toEqual(['1:parked'])
    expect(me.opened()).toBe(0)
    me.runs.follow('off')
  })

  it('knows which card a run works on, and since when', async () => {
    const about = { board_document_id: 'd1', board_chunk_id: 'c1' }
    const me = aPerson([[agent('1', { parent_context: about })]])
    me.runs.follow('stream')
    await me.settle()
    await me.tell(told('1', { phase: 'waiting', parent_context: about }))
    await me.tell(told('2'))
    const run = me.runs.state.get().runs.get('1')
    expect(run).toMatchObject({ phase: 'waiting', card: { documentId: 'd1', chunkId: 'c1' } })
    expect(run?.startedAt).toBe(Date.parse('2026-01-01T00:00:00Z'))
    expect(me.runs.state.get().runs.get('2')?.startedAt).toBe(Date.parse('2026-01-01T00:00:05Z'))
    me.runs.follow('off')
  })

  it('knows sub-agents’ sessions from conversations', async () => {
    const me = aPerson([[agent('2', { parent_agent_id: 'a_1' }), agent('1')]])
    me.runs.follow('poll')
    await me.settle()
    expect([...me.runs.state.get().subSessions]).toEqual(['s_2'])
    expect([...me.runs.state.get().bySession.keys()]).toEqual(['s_1'])
    me.runs.follow('off')
  })
})

describe('attention', () => {
  const run = (more: object = {}) =>
    ({
      runId: '1',
      agentId: 'a_1',
      sessionId: 's_1',
      agent: 'lead',
      status: 'running',
      phase: 'working',
      startedAt: 0,
      ...more,
    }) as RunChange['after']
  const state = { runs: new Map([['1', run()]]), bySession: new Map(), subSessions: new Set<string>() }
  const kind = (before: object | undefined, after: object) =>
    attentionOf({ before: before && run(before), after: run(after) }, state)?.kind

  it('is for turns that end and questions that open, once each', () => {
    expect(kind({}, { phase: 'parked' })).toBe('answered')
    expect(kind({ phase: 'parked' }, { phase: 'parked' })).toBeUndefined()
    expect(kind({}, { status: 'failed', error: 'No.' })).toBe('failed')
    expect(kind({}, { status: 'cancelled' })).toBeUndefined()
    expect(kind({}, { phase: 'waiting', awaited: 'interrupted', awaitedOn: 'i1' })).toBe('asks')
    const asked = { phase: 'waiting', awaited: 'interrupted', awaitedOn: 'i1' }
    expect(kind(asked, asked)).toBeUndefined()
    expect(kind(asked, { ...asked, awaitedOn: 'i2' })).toBe('asks')
    expect(kind({}, { phase: 'waiting', awaited: 'child' })).toBeUndefined()
  })

  it('of a sub-agent is for its questions only, and leads to where it all began', () => {
    const child = { runId: '2', sessionId: 's_2', agentId: 'a_2', parentAgentId: 'a_1' }
    expect(attentionOf({ before: run(child), after: run({ ...child, phase: 'parked' }) }, state)).toBeUndefined()
    const asks = run({ ...child, phase: 'waiting', awaited: 'interrupted', awaitedOn: 'i1' })
    expect(attentionOf({ before: run(child), after: asks }, state)).toMatchObject({
      kind: 'asks',
      sessionId: 's_2',
      rootSessionId: 's_1',
    })
  })
})
