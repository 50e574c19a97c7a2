import { describe, expect, it } from 'vitest'
import type { CallLimits } from '../../ground/config/config.ts'
import { createTestClock } from '../providers/testing/test-clock.ts'
import { CallQueue } from './call-queue.ts'

const never = AbortSignal.any([])

function aQueue(limits: Partial<CallLimits> = {}) {
  const clock = createTestClock()
  const all: CallLimits = { perProvider: 1, byService: {}, maxQueueDepth: 64, queueTimeoutMs: 30_000, ...limits }
  const queue = new CallQueue(clock, all)
  const entered: string[] = []
  const leave = new Map<string, () => void>()
  const enter = (name: string, signal = never, provider = 'p') =>
    queue.enter(provider, { whose: { tenantId: name[0]!, userId: 'u' } }, signal).then((left) => {
      entered.push(name)
      leave.set(name, left)
    })
  return { clock, limits: all, queue, entered, enter, leave: (name: string) => leave.get(name)!() }
}

describe('calls to one service', () => {
  it('are made at once, and counted, where nobody says how many', async () => {
    const { queue, enter, entered, leave } = aQueue({ perProvider: 0 })
    await Promise.all(['a1', 'a2', 'a3'].map((name) => enter(name)))
    expect(entered).toHaveLength(3)
    expect(queue.stats()).toEqual({ p: { active: 3, queued: 0 } })
    for (const name of entered) leave(name)
    expect(queue.stats()).toEqual({})
  })

  it('wait for one that is over, tenants in turns, and those to another service do not', async () => {
    const { queue, enter, entered, leave } = aQueue({ byService: { other: 2 } })
    await enter('a1')
    const [second, third, other] = ['a2', 'a3', 'b1'].map((name) => enter(name))
    await Promise.all([enter('c1', never, 'other'), enter('c2', never, 'other')])
    expect(queue.stats()).toEqual({ p: { active: 1, queued: 3 }, other: { active: 2, queued: 0 } })
    leave('a1')
    // A second time says nothing.
    leave('a1')
    await second
    leave('a2')
    await other
    leave('b1')
    await third
    expect(entered).toEqual(['a1', 'c1', 'c2', 'a2', 'b1', 'a3'])
  })

  it('are turned away where too many wait, but for a tenant that has fewer waiting than another', async () => {
    const { enter, entered, leave } = aQueue({ maxQueueDepth: 2 })
    await enter('a1')
    const [second, third] = [enter('a2'), enter('a3')]
    await expect(enter('a4')).rejects.toMatchObject({
      failureClass: 'retryable',
      hints: { retryAfterMs: 5_000, code: 'provider_concurrency_exhausted' },
      message: 'p: 1 calls to it are under way, as many as are made at once, and 2 wait already',
    })
    const other = enter('b1')
    await expect(third).rejects.toMatchObject({ code: 'provider_concurrency_exhausted' })
    leave('a1')
    await second
    leave('a2')
    await other
    expect(entered).toEqual(['a1', 'a2', 'b1'])
  })

  it('wait only so long', async () => {
    const { clock, queue, enter } = aQueue()
    await enter('a1')
    const waiting = enter('a2')
    await clock.fire(30_000)
    await expect(waiting).rejects.toThrow('it has waited 30 s for its turn')
    expect(queue.stats()).toEqual({ p: { active: 1, queued: 0 } })
    expect(clock.running()).toBe(0)
  })

  it('wait no more once they are stopped', async () => {
    const { clock, queue, enter, leave } = aQueue()
    await enter('a1')
    const stop = new AbortController()
    const waiting = enter('a2', stop.signal)
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ failureClass: 'cancelled' })
    await expect(enter('a3', stop.signal)).rejects.toMatchObject({ failureClass: 'cancelled' })
    expect(queue.stats()).toEqual({ p: { active: 1, queued: 0 } })
    expect(clock.running()).toBe(0)
    leave('a1')
    await enter('a4')
  })

  it('are made at once when more may be', async () => {
    const { limits, queue, enter, entered } = aQueue()
    await enter('a1')
    const waiting = enter('a2')
    limits.perProvider = 2
    queue.limitsChanged()
    await waiting
    expect(entered).toEqual(['a1', 'a2'])
  })
})
