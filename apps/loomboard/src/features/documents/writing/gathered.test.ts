import { expect, it } from 'vitest'
import { Gathered } from './gathered.ts'

function aGathered() {
  const written: string[] = []
  const timers: (() => void)[] = []
  const gathered = new Gathered<string>(
    (_, run) => {
      timers.push(run)
      return () => {}
    },
    (name, value) => written.push(`${name}: ${value}`),
  )
  return { gathered, written, pass: () => timers.shift()?.(), timers }
}

it('the first is written down at once, and of what follows the last, each time it is due', () => {
  const { gathered, written, pass, timers } = aGathered()
  for (const words of ['a', 'ab', 'abc']) gathered.soon('one', words)
  expect(written).toEqual(['one: a'])
  pass()
  expect(written).toEqual(['one: a', 'one: abc'])
  gathered.soon('one', 'abcd')
  expect(written).toHaveLength(2)
  pass()
  expect(written.at(-1)).toBe('one: abcd')
  pass()
  expect(timers).toEqual([])
  gathered.soon('one', 'later')
  expect(written.at(-1)).toBe('one: later')
})

it('whoever leaves leaves nothing behind', () => {
  const { gathered, written } = aGathered()
  for (const name of ['one', 'two']) for (const words of ['a', 'ab']) gathered.soon(name, words)
  gathered.flush()
  expect(written.slice(2)).toEqual(['one: ab', 'two: ab'])
})

it('what is written down at once is not followed by anything older', () => {
  const { gathered, written, pass } = aGathered()
  gathered.soon('one', 'a')
  gathered.soon('one', 'ab')
  gathered.now('one', 'sent')
  pass()
  gathered.flush()
  expect(written).toEqual(['one: a', 'one: sent'])
})
