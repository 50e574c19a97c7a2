import { describe, expect, it } from 'vitest'
import { Bus } from '../../ground/bus.ts'
import { createTestClock } from '../../models/providers/testing/test-clock.ts'
import type { Place } from './place.ts'
import { Wakers } from './wakers.ts'

const here: Place = { tenantId: 't', channel: 'news', scope: 'global', scopeId: '' }
const there: Place = { ...here, channel: 'other' }

function aWait() {
  const clock = createTestClock()
  const wakers = new Wakers(clock, new Bus())
  const gone = new AbortController()
  /** Waits for something to be there; `looked` is called at every look, after it has seen what there is. */
  const wait = (find: () => string | undefined, looked: (last: boolean) => Promise<void> = async () => {}) =>
    wakers.until([here], { waitMs: 1000, signal: gone.signal }, async (last) => {
      const found = find()
      await looked(last)
      return found
    })
  return { clock, wakers, gone, wait }
}

describe('somebody who waits for a message', () => {
  it('looks again when one came while they were looking', async () => {
    const { wakers, wait } = aWait()
    let message: string | undefined
    const publish = async () => {
      if (message) return
      message = 'hello'
      wakers.wake(here)
    }
    expect(await wait(() => message, publish)).toBe('hello')
  })

  it('is woken by their own place alone', async () => {
    const { wakers, wait } = aWait()
    const looks: boolean[] = []
    let message: string | undefined
    const waited = wait(
      () => message,
      async (last) => void looks.push(last),
    )
    await new Promise(setImmediate)
    wakers.wake(there)
    await new Promise(setImmediate)
    expect(looks).toEqual([false])
    message = 'hello'
    wakers.wake(here)
    expect(await waited).toBe('hello')
  })

  it('looks a last time when the time is over, and takes what is there then', async () => {
    const { clock, wait } = aWait()
    const looks: boolean[] = []
    let message: string | undefined
    const waited = wait(
      () => message,
      async (last) => void looks.push(last),
    )
    await clock.armed(1000)
    message = 'at the last moment'
    await clock.fire(1000)
    expect(await waited).toBe('at the last moment')
    expect(looks).toEqual([false, true])
  })

  it('waits no more when they are gone', async () => {
    const { gone, clock, wait } = aWait()
    const waited = wait(() => undefined)
    gone.abort()
    expect(await waited).toBeUndefined()
    expect(clock.running()).toBe(0)
  })
})
