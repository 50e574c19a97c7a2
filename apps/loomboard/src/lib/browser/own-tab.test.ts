// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
  sessionStorage.clear()
})

/** The next page of this tab, or the first one of a tab that was made from it. */
async function nextPage() {
  vi.resetModules()
  return import('./own-tab.ts')
}

it('has one name over reloads', async () => {
  const { isLive, ownTab } = await nextPage()
  const name = ownTab()
  expect(ownTab()).toBe(name)
  expect(isLive(name)).toBe(true)
  dispatchEvent(new Event('pagehide'))
  expect(isLive(name)).toBe(false)
  expect((await nextPage()).ownTab()).toBe(name)
  expect(isLive(name)).toBe(true)
})

it('has a name of its own where it was made from another one', async () => {
  const { isLive, ownTab } = await nextPage()
  const name = ownTab()
  const copy = await nextPage()
  const other = copy.ownTab()
  expect(other).not.toBe(name)
  expect([isLive(name), isLive(other)]).toEqual([true, true])
})

it('that is brought back lives, and one that was killed does not for long', async () => {
  const { isLive, ownTab } = await nextPage()
  vi.useFakeTimers()
  const name = ownTab()
  dispatchEvent(new Event('pagehide'))
  dispatchEvent(new Event('pageshow'))
  expect(isLive(name)).toBe(true)
  vi.setSystemTime(Date.now() + 60_000)
  expect(isLive(name)).toBe(true)
  vi.setSystemTime(Date.now() + 60_000)
  expect(isLive(name)).toBe(false)
})
