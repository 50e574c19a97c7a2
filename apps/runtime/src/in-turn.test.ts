import { expect, it } from 'vitest'
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
  let done = 0
  let doneBeforeOther: number | undefined
  for (let n = 0; n < 20; n++) {
    inTurn(() => {
      const until = performance.now() + 1
      while (performance.now() < until);
      done++
    })
  }
  setTimeout(() => (doneBeforeOther = done), 0)
  await allDone()
  expect(doneBeforeOther).toBeLessThan(20)
  expect(done).toBe(20)
})
