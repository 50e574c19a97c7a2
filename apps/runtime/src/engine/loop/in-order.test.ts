import type { Effect } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../testing/fixed-seed.ts'
import { inOrder } from './in-order.ts'

const effects: Effect[] = ['reads', 'changes', 'apart']

/** Calls that go on until the test ends them, and which of them go on. */
async function begun(calls: readonly Effect[], width = 8) {
  const going = new Map<number, PromiseWithResolvers<void>>()
  const seen: number[] = []
  const items = calls.map((effect, n) => ({ effect, n }))
  const over = inOrder(items, { effectOf: ({ effect }) => effect, width }, async ({ n }) => {
    const call = Promise.withResolvers<void>()
    going.set(n, call)
    seen.push(n)
    await call.promise.finally(() => going.delete(n))
  })
  const end = async (n: number) => {
    going.get(n)!.resolve()
    await settled()
  }
  await settled()
  return {
    over,
    end,
    fail: (n: number) => going.get(n)!.reject(new Error(`${n}`)),
    going: () => [...going.keys()],
    seen,
  }
}

/** Everything that follows without anybody’s doing has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('calls of one turn', () => {
  it('run side by side where they only read', async () => {
    expect((await begun(['reads', 'reads', 'reads'])).going()).toEqual([0, 1, 2])
  })

  it('wait for a change before them, which waits for what was read before it', async () => {
    const calls = await begun(['reads', 'reads', 'changes', 'reads', 'changes'])
    const steps = [calls.going()]
    for (const n of [1, 0, 2, 3]) {
      await calls.end(n)
      steps.push(calls.going())
    }
    expect(steps).toEqual([[0, 1], [0], [2], [3], [4]])
  })

  it('wait for none that stands apart, and it waits for the changes before it only', async () => {
    const calls = await begun(['apart', 'reads', 'apart', 'changes', 'apart', 'reads'], 2)
    expect(calls.going()).toEqual([0, 1, 2])
    await calls.end(1)
    expect(calls.going()).toEqual([0, 2, 3])
    await calls.end(3)
    expect(calls.going()).toEqual([0, 2, 5])
    await calls.end(0)
    expect(calls.going()).toEqual([2, 5, 4])
  })

  it('are no more at once than may be, and each gets its turn', async () => {
    const calls = await begun(['reads', 'reads', 'reads', 'changes', 'reads', 'reads', 'reads'], 2)
    for (const n of [0, 1, 2, 3, 4, 5, 6]) {
      expect(calls.going().length).toBeLessThanOrEqual(2)
      await calls.end(n)
    }
    await calls.over
    expect(calls.seen).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('begin no more after one that failed', async () => {
    const calls = await begun(['reads', 'changes', 'reads'])
    calls.fail(0)
    await expect(calls.over).rejects.toThrow('0')
    expect(calls.seen).toEqual([0])
  })

  it('never overlap where one of them changes something, whichever ends first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...effects), { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 4 }),
        async (kinds, choices, width) => {
          const calls = await begun(kinds, width)
          while (calls.going().length > 0) {
            const ordered = calls.going().filter((n) => kinds[n] !== 'apart')
            if (ordered.some((n) => kinds[n] === 'changes')) expect(ordered).toHaveLength(1)
            const going = calls.going()
            await calls.end(going[choices.next().value! % going.length]!)
          }
          await calls.over
          const inTurn = calls.seen.filter((n) => kinds[n] !== 'apart')
          expect(inTurn).toEqual(inTurn.toSorted((a, b) => a - b))
          expect(calls.seen).toHaveLength(kinds.length)
        },
      ),
    )
  })
})
