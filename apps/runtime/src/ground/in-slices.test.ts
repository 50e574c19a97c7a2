import { expect, it } from 'vitest'
import { asOneOfMany, inSlices, nextSlice } from './in-slices.ts'

it('gives every turn of the event loop to one of those who have much to do', async () => {
  const turns: string[][] = [[]]
  let counting = true
  const count = () => {
    turns.push([])
    if (counting) setImmediate(count)
  }
  setImmediate(count)
  const work = async (name: string) => {
    for (let n = 0; n < 3; n++) {
      await nextSlice()
      turns.at(-1)!.push(name)
    }
  }
  await Promise.all([work('a'), work('b')])
  counting = false
  expect(turns.flat().join('')).toBe('ababab')
  expect(Math.max(...turns.map((turn) => turn.length))).toBe(1)
})

it('lets others go first when work takes long, and answers what it comes to', async () => {
  let others = 0
  const other = () => {
    others++
    setImmediate(other).unref()
  }
  setImmediate(other).unref()
  let now = 0
  const steps: number[] = []
  function* work() {
    for (let n = 0; n < 20; n++) {
      steps.push(others)
      now++
      yield
    }
    return 'done'
  }
  expect(await inSlices(work(), { now: () => now })).toBe('done')
  const slices = Object.values(Object.groupBy(steps, (before) => before))
  expect(slices.map((slice) => slice!.length)).toEqual([5, 5, 5, 5])
})

it('has one short step of many under way, in order, and goes on after one that fails', async () => {
  const log: string[] = []
  const step = (name: string) => async () => {
    log.push(`${name} begins`)
    await nextSlice()
    log.push(`${name} ends`)
    if (name === 'b') throw new Error('b fails')
  }
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => asOneOfMany(step(name))))
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
