import { expect, it, onTestFinished, vi } from 'vitest'
import { inTurn } from './in-turn.ts'

const allDone = () => new Promise<void>((resolve) => inTurn(resolve))

it('does a thing with all that follows from it before the next', async () => {
  const log: string[] = []
  for (const n of [1, 2, 3]) {
    inTurn(async () => {
      log.push(`${n} begins`)
      await null
      await null
      log.push(`${n} ends`)
    })
  }
  await allDone()
  expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
})

it('lets others go first when there is much to do', async () => {
  // The turn of the test before is over.
  await new Promise(setImmediate)
  let now = 0
  const time = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => time.mockRestore())
  let done = 0
  let doneBeforeOther: number | undefined
  for (let n = 0; n < 20; n++) {
    inTurn(() => {
      now += 1
      done++
    })
  }
  setImmediate(() => (doneBeforeOther = done))
  await allDone()
  expect(doneBeforeOther).toBe(7)
  expect(done).toBe(20)
})
