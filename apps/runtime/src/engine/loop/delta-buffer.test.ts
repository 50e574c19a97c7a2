import { expect, it } from 'vitest'
import { createRedactor } from '../../ground/config/redaction/redactor.ts'
import { DeltaBuffer } from './delta-buffer.ts'

/** A buffer whose time stands still until the test says otherwise. */
function aBuffer() {
  const emitted: string[] = []
  const timers = new Set<() => void>()
  const clock = {
    now: () => 0,
    after(_ms: number, work: () => void) {
      timers.add(work)
      return () => timers.delete(work)
    },
  }
  const redactor = createRedactor(new Map()).stream()
  const buffer = new DeltaBuffer(clock, redactor, ({ type, text }) => emitted.push(`${type}: ${text}`))
  const later = () => {
    for (const work of [...timers]) {
      timers.delete(work)
      work()
    }
  }
  return { buffer, emitted, later }
}

it('the first words of a block go out at once, the others together', () => {
  const { buffer, emitted, later } = aBuffer()
  for (const word of ['One, ', 'two, ', 'three. ']) buffer.push('text', word)
  expect(emitted).toEqual(['text: One, '])
  later()
  expect(emitted).toEqual(['text: One, ', 'text: two, three. '])
})

it('what is thought stays apart from what is said', () => {
  const { buffer, emitted } = aBuffer()
  buffer.push('thinking', 'Hm, ')
  buffer.push('thinking', 'well. ')
  buffer.push('text', 'Yes. ')
  buffer.endBlock()
  expect(emitted).toEqual(['thinking: Hm, ', 'thinking: well. ', 'text: Yes. '])
})
