import type { Chat } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatRelative } from '../../../../lib/format.ts'
import { composerMode } from '../composer-mode.ts'
import { gaugeLevel } from '../gauge-level.ts'
import { prettyResult, summariseInput } from '../rows/tool-summary.ts'
import { runActivity } from '../run-activity.ts'
import { activityOf, toChatRows } from '../sections.ts'
import { emptyView, type RunPhase } from '../types.ts'

describe('a tool call in a line', () => {
  it.each([
    ['Memory', { op: 'set', scope: 'user', key: 'tea', value: 'green' }, 'remember tea = green (yours)'],
    ['Memory', { op: 'incr', scope: 'agent', key: 'n' }, 'count n +1'],
    ['Context', { op: 'time' }, 'what time is it'],
    ['Read', { file_path: 'src/main.ts', limit: 20 }, 'src/main.ts'],
    ['WebSearch', { query: 'weather', n: 3 }, 'weather'],
    ['Document', { op: 'create_chunk', title: 'ViewDraft' }, 'create chunk ViewDraft'],
    ['Unknown', { a: 1, b: [1, 2], c: { d: 1 } }, 'a: 1, b: 2 items, c: {…}'],
    ['Unknown', {}, ''],
    ['Unknown', null, ''],
    ['Unknown', 'just text', 'just text'],
    ['Memory', { op: 'get', key: { toString: 1 } }, 'recall {…}'],
    ['Document', { op: ['x'], title: [[['deep']]] }, '1 item 1 item'],
  ])('%s %j is “%s”', (name, input, words) => {
    expect(summariseInput(name, input)).toBe(words)
  })

  it('shows JSON for reading and leaves everything else alone', () => {
    expect(prettyResult('{"a":1}')).toEqual({ text: '{\n  "a": 1\n}', isJson: true })
    expect(prettyResult('{not json')).toEqual({ text: '{not json', isJson: false })
  })
})

it.each([
  [0, 'calm'],
  [699, 'calm'],
  [700, 'amber'],
  [899, 'amber'],
  [900, 'red'],
  [5000, 'red'],
])('a window of 1000 tokens with %i in it is %s', (used, level) => {
  expect(gaugeLevel({ used, max: 1000 })).toBe(level)
  expect(gaugeLevel({ used })).toBe('calm')
})

describe('the composer', () => {
  const mode = (phase: RunPhase) => {
    const run = { ...emptyView.run, phase, runId: 'r', agentId: 'a' }
    return composerMode(run, runActivity({ ...emptyView, run }))
  }

  it('says what sending will do', () => {
    const words = (['none', 'working', 'waiting', 'parked', 'ended'] as const).map((phase) => mode(phase).action)
    expect(words).toEqual(['Send', 'Steer', 'Steer', 'Reply', 'Continue'])
  })

  it('offers to stop what works and to end what lives', () => {
    expect(mode('working')).toMatchObject({ canStop: true, canEnd: true })
    expect(mode('parked')).toMatchObject({ canStop: false, canEnd: true })
    expect(mode('ended')).toMatchObject({ canStop: false, canEnd: false })
  })
})

describe('the list of chats', () => {
  const now = new Date('2026-06-15T12:00:00').getTime()
  const chat = (id: string, hoursAgo: number, more: Partial<Chat> = {}) =>
    ({ session_id: id, last_activity: new Date(now - hoursAgo * 3_600_000).toISOString(), ...more }) as Chat

  it('is in sections by age, pinned first', () => {
    const rows = toChatRows(
      [chat('p', 500, { pinned: true }), chat('a', 1), chat('b', 20), chat('c', 90), chat('d', 400)],
      now,
    )
    expect(rows.map((row) => (row.kind === 'heading' ? row.title : row.chat.session_id))).toEqual([
      'Pinned',
      'p',
      'Today',
      'a',
      'Yesterday',
      'b',
      'Last 7 days',
      'c',
      'Earlier',
      'd',
    ])
  })

  it('tells what each is doing', () => {
    expect(activityOf({ status: 'running', phase: 'working' })).toBe('working')
    expect(activityOf({ status: 'running', phase: 'parked' })).toBe('parked')
    expect(activityOf({ status: 'failed' })).toBe('failed')
    expect(activityOf({ status: 'completed' })).toBe('idle')
  })
})

it('durations and ages are short', () => {
  expect([300, 6_000, 65_000, 120_000, 3_780_000].map(formatDuration)).toEqual([
    '0.3 s',
    '6 s',
    '1 min 5 s',
    '2 min',
    '1 h 3 min',
  ])
  const now = Date.parse('2026-06-15T12:00:00Z')
  expect([10_000, 300_000, 7_200_000, 3 * 86_400_000].map((age) => formatRelative(now - age, now))).toEqual([
    'now',
    '5m',
    '2h',
    '3d',
  ])
})
