import { expect, it } from 'vitest'
import type { RunRecord } from '../rows/run-record.ts'
import { Callers } from './callers.ts'

const oneShot = { id: 'r', interactive: false, parentRunId: null, options: {} } as unknown as RunRecord

it('a run that answers one request is over when the last of its listeners has gone', () => {
  const gone: string[] = []
  const callers = new Callers({ onFirst() {}, onGone: (id) => gone.push(id) })
  const [one, other] = [callers.attached(oneShot), callers.attached(oneShot)]
  one()
  expect([callers.has('r'), gone]).toEqual([true, []])
  other()
  expect([callers.has('r'), gone]).toEqual([false, ['r']])
})

it.each([
  ['whose conversation goes on', { interactive: true }],
  ['that another run waits for', { parentRunId: 'p' }],
  ['that a card or a team has started', { options: { unattended: true } }],
])('a run %s lives on without listeners', (_, said) => {
  const gone: string[] = []
  const callers = new Callers({ onFirst() {}, onGone: (id) => gone.push(id) })
  callers.attached({ ...oneShot, ...said })()
  expect(gone).toEqual([])
})
