import { expect, it } from 'vitest'
import { settableClock } from '../../../areas/channels/testing/some-channels.ts'
import { BodyBudget, type GiveBack } from './body-budget.ts'

function line(most: number) {
  const budget = new BodyBudget(most)
  const clock = settableClock(0)
  const log: string[] = []
  const held = new Map<string, GiveBack>()
  const come = (name: string, bytes: number, signal = new AbortController().signal) =>
    budget.take(bytes, { clock, patienceMs: 1000, signal }).then((giveBack) => {
      log.push(giveBack ? `${name} in` : `${name} gone`)
      if (giveBack) held.set(name, giveBack)
    })
  return { budget, clock, log, held, come }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('lets in what there is room for, the rest in the order in which it came', async () => {
  const { log, held, come } = line(10)
  for (const [name, bytes] of [
    ['a', 6],
    ['b', 4],
    ['c', 6],
    ['d', 1],
  ] as const)
    void come(name, bytes)
  await settled()
  expect(log).toEqual(['a in', 'b in'])
  held.get('b')!()
  held.get('b')!()
  await settled()
  expect(log).toEqual(['a in', 'b in'])
  held.get('a')!()
  await settled()
  expect(log).toEqual(['a in', 'b in', 'c in', 'd in'])
})

it('lets in alone what is larger than all there is', async () => {
  const { log, held, come } = line(10)
  void come('small', 1)
  void come('huge', 100)
  void come('next', 1)
  await settled()
  held.get('small')!()
  await settled()
  expect(log).toEqual(['small in', 'huge in'])
  held.get('huge')!()
  await settled()
  expect(log).toEqual(['small in', 'huge in', 'next in'])
})

it('is not waited for longer than a while, and lets those behind go on when somebody leaves the line', async () => {
  const { clock, log, come } = line(10)
  const gone = new AbortController()
  void come('a', 8)
  void come('b', 8, gone.signal)
  void come('c', 2)
  await settled()
  gone.abort()
  await settled()
  expect(log).toEqual(['a in', 'b gone', 'c in'])
  void come('d', 5)
  clock.set(1000)
  await settled()
  expect(log.at(-1)).toBe('d gone')
  expect(clock.timers()).toBe(0)
})
