import { describe, expect, it } from 'vitest'
import { sketch } from '../makers.ts'
import { emptyView } from '../types.ts'
import { type LogPage, withPage } from './log-page.ts'

const row = (seq: number, type: string, event: object, payload?: unknown) => ({
  seq,
  run_id: 'r1',
  ts_ns: seq * 1e6,
  type,
  event,
  payload,
})
const said = (seq: number, text: string) =>
  row(seq, 'user_input', {}, [{ role: 'user', content: [{ type: 'trusted-text', text }] }])
const words = (seq: number, text: string) => row(seq, 'text', { text })
const page = (events: LogPage['events'], more: Partial<LogPage> = {}): LogPage => ({
  session: { agent: 'demo' },
  events,
  latest_run: { run_id: 'r1', agent_id: 'a1', status: 'running', interactive: true },
  ...more,
})

describe('a page of the log', () => {
  it('begins a view, which knows whose run it is', () => {
    const { view, afresh } = withPage(emptyView, 's1', page([said(1, 'Go'), words(2, 'One')]), 9)
    expect(sketch(view)).toEqual(['> Go | text:One (working)'])
    expect(view.run).toMatchObject({ runId: 'r1', agentId: 'a1', sessionId: 's1', agent: 'demo', phase: 'working' })
    expect(afresh).toBe(true)
  })

  it('that reaches back to what is known adds what is new, once', () => {
    const known = withPage(emptyView, 's1', page([said(1, 'Go'), words(2, 'One')]), 9).view
    for (const events of [[words(3, ' two')], [words(2, 'One'), words(3, ' two')]]) {
      const { view, afresh } = withPage(known, 's1', page(events), 9)
      expect(sketch(view)).toEqual(['> Go | text:One two (working)'])
      expect(afresh).toBe(false)
    }
  })

  it('that does not reach back stands alone, with what is still on its way', () => {
    const known = withPage(emptyView, 's1', page([said(1, 'Go'), words(2, 'One')]), 9).view
    const pending = [{ localId: 'l1', text: 'Mine', at: 0, state: 'sending' as const }]
    const { view, afresh } = withPage({ ...known, pending }, 's1', page([words(4, 'four')]), 9)
    expect(view.firstSeq).toBe(4)
    expect(view.pending).toEqual(pending)
    expect(afresh).toBe(true)
  })

  it('has what waits to be read, and says that a run has ended', () => {
    const queued_inputs = [
      { input_id: 'in1', run_id: 'r1', text: 'Later', segments: [], said_at: '2026-06-01T10:00:00Z' },
    ]
    const live = withPage(emptyView, 's1', page([said(1, 'Go')], { queued_inputs }), 9).view
    expect(live.pending).toMatchObject([{ inputId: 'in1', text: 'Later', state: 'queued', elsewhere: true }])
    const ended = { run_id: 'r1', agent_id: 'a1', status: 'completed', interactive: true }
    expect(withPage(emptyView, 's1', page([said(1, 'Go')], { latest_run: ended }), 9).view.run.phase).toBe('ended')
  })
})
