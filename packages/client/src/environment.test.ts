import { afterEach, expect, test, vi } from 'vitest'
import { defaultEnvironment } from './environment.ts'

afterEach(() => vi.unstubAllGlobals())

class Page extends EventTarget {
  visibilityState = 'hidden'
}

test('wakes when the network or the tab comes back, until it is told to stop', () => {
  const page = new Page()
  const window = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  const woken = vi.fn()
  const stop = defaultEnvironment.onWake(woken)

  page.dispatchEvent(new Event('visibilitychange'))
  expect(woken).toHaveBeenCalledTimes(0)
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(new Event('online'))
  expect(woken.mock.calls).toEqual([[], [true]])
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  expect(woken).toHaveBeenCalledTimes(2)
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  page.dispatchEvent(new Event('resume'))
  expect(woken.mock.calls.slice(2)).toEqual([[true], [true]])

  woken.mockClear()
  stop()
  page.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(new Event('online'))
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  page.dispatchEvent(new Event('resume'))
  expect(woken).toHaveBeenCalledTimes(0)
})

test('does without a page', () => {
  expect(() => defaultEnvironment.onWake(() => {})()).not.toThrow()
})

test('a timer that was called off does not fire', () => {
  vi.useFakeTimers()
  const fired = vi.fn()
  defaultEnvironment.after(10, fired)()
  defaultEnvironment.after(20, fired)
  vi.advanceTimersByTime(100)
  vi.useRealTimers()
  expect(fired).toHaveBeenCalledTimes(1)
})
