import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ready, TimedWorker } from './timed-worker.ts'

/** Answers what it is asked with what it is told, or never. */
class Scripted extends EventTarget {
  static readonly started: Scripted[] = []
  ended = false
  readonly asked: unknown[] = []

  constructor() {
    super()
    Scripted.started.push(this)
  }

  postMessage(request: unknown): void {
    this.asked.push(request)
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }

  terminate(): void {
    this.ended = true
  }
}

const start = () => new Scripted() as unknown as Worker

beforeEach(() => {
  Scripted.started.length = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('asks one thing after the other, once the worker is there', async () => {
  const worker = new TimedWorker<string, string>(start)
  const [first, second] = [worker.ask('a', 100), worker.ask('b', 100)]
  const [scripted] = Scripted.started
  vi.advanceTimersByTime(10_000)
  expect(scripted!.asked).toEqual([])
  scripted!.say(ready)
  expect(scripted!.asked).toEqual(['a'])
  scripted!.say('A')
  expect(scripted!.asked).toEqual(['a', 'b'])
  scripted!.say('B')
  expect(await Promise.all([first, second])).toEqual(['A', 'B'])
})

it('ends what takes too long, and goes on with the next in a new one', async () => {
  const worker = new TimedWorker<string, string>(start)
  const [slow, next] = [worker.ask('slow', 100), worker.ask('next', 100)]
  Scripted.started[0]!.say(ready)
  vi.advanceTimersByTime(100)
  expect(await slow).toBeUndefined()
  expect(Scripted.started.map(({ ended }) => ended)).toEqual([true, false])
  Scripted.started[1]!.say(ready)
  Scripted.started[1]!.say('done')
  expect(await next).toBe('done')
})

it('has no answer from a worker that breaks', async () => {
  const worker = new TimedWorker<string, string>(start)
  const asked = worker.ask('a', 100)
  Scripted.started[0]!.say(ready)
  Scripted.started[0]!.dispatchEvent(new Event('error', { cancelable: true }))
  expect(await asked).toBeUndefined()
})
