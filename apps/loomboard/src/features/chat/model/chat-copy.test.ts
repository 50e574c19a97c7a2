import { expect, it } from 'vitest'
import { fromCopy, toCopy } from './chat-copy.ts'
import { aLog, parked, steer, text } from './makers.ts'
import { emptyView } from './types.ts'
import { applyEvents } from './view/run-view.ts'

const { log } = aLog()
const events = Array.from({ length: 80 }, (_, i) => [steer(`Message ${i}`), text('Answer'), parked]).flat()
const view = applyEvents(emptyView, log(...events))

it('is the end of the conversation, which more can be put in front of', () => {
  const copy = toCopy({ title: 'T', agent: 'a', view, hasEarlier: false })!
  expect(copy.view.turns).toHaveLength(60)
  expect(copy.hasEarlier).toBe(true)
  expect(copy.view.firstSeq).toBe(Number(copy.view.turns[0]!.id.slice(1)))
  expect(copy.view.lastSeq).toBe(view.lastSeq)
  expect(structuredClone(copy)).toEqual(copy)
})

it('shows nothing as going on', () => {
  const copy = toCopy({ title: 'T', agent: 'a', view, hasEarlier: false })!
  expect(view.run.phase).toBe('parked')
  expect(fromCopy(copy).view.run.phase).toBe('ended')
})

it('is not made of nothing', () => {
  expect(toCopy({ title: '', agent: '', view: emptyView, hasEarlier: false })).toBeUndefined()
})
