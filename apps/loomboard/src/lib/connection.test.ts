import { beforeEach, expect, it } from 'vitest'
import { Connection } from './connection.ts'

let now: number
let timers: { at: number; run: () => void }[]
let answers: boolean
let connection: Connection

beforeEach(() => {
  now = 0
  timers = []
  answers = false
  connection = new Connection({
    now: () => now,
    probe: () => (answers ? Promise.resolve() : Promise.reject(new TypeError('fetch failed'))),
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  })
})

async function pass(ms: number): Promise<void> {
  const until = now + ms
  for (;;) {
    const next = timers.toSorted((a, b) => a.at - b.at)[0]
    if (!next || next.at > until) break
    timers.splice(timers.indexOf(next), 1)
    now = next.at
    next.run()
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }
  now = until
}
const kind = () => connection.state.get().kind

it('is offline since the first request that reached nobody, keeps asking, and tells when it is back', async () => {
  let returns = 0
  connection.onReturn(() => returns++)
  now = 1_000
  connection.unanswered()
  await pass(30_000)
  expect(connection.state.get()).toEqual({ kind: 'offline', since: 1_000 })
  answers = true
  await pass(6_000)
  expect(kind()).toBe('live')
  expect(returns).toBe(1)
  expect(timers).toEqual([])
})

it('is catching up while the runtime answers and a stream is on its way back', async () => {
  const status = connection.streamWatcher()
  status('live')
  answers = true
  status('reconnecting')
  await pass(10)
  expect(kind()).toBe('catching-up')
  status('live')
  expect(kind()).toBe('live')
})

it('tells waiting streams to try at once when the runtime is back', async () => {
  let wakes = 0
  connection.onWake(() => wakes++)
  connection.streamWatcher()('reconnecting')
  await pass(5_000)
  expect(kind()).toBe('offline')
  answers = true
  await pass(6_000)
  expect(wakes).toBe(1)
})

it('forgets a stream that ended while it was reconnecting', async () => {
  const status = connection.streamWatcher()
  answers = true
  status('reconnecting')
  await pass(10)
  status('ended')
  expect(kind()).toBe('live')
})

it('stays signed out until somebody signs in', async () => {
  connection.signedOut()
  connection.answered()
  expect(kind()).toBe('signed-out')
  connection.signedIn()
  expect(kind()).toBe('live')
})
