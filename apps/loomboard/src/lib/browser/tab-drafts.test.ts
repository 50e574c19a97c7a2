// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { tabDrafts } from './tab-drafts.ts'

const tab = (name: string) => {
  sessionStorage.setItem('loomboard.tab', name)
  // It is that very tab, not one that was made from it.
  localStorage.removeItem(`loomboard.alive.${name}`)
}
const leave = () => dispatchEvent(new Event('pagehide'))

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
  sessionStorage.clear()
})

it('is there again after a reload', () => {
  tab('a')
  tabDrafts.write('draft', 'words')
  leave()
  dispatchEvent(new Event('pageshow'))
  expect(tabDrafts.read('draft')).toBe('words')
})

it('of two tabs is two: neither sees or overwrites the other’s', () => {
  tab('a')
  tabDrafts.write('draft', 'of a')
  tab('b')
  expect(tabDrafts.read('draft')).toBe('')
  tabDrafts.write('draft', 'of b')
  tab('a')
  expect(tabDrafts.read('draft')).toBe('of a')
})

it('of a tab that was closed is in the next one that looks, and in no other', () => {
  tab('a')
  tabDrafts.write('draft', 'of a')
  leave()
  tab('b')
  expect(tabDrafts.read('draft')).toBe('of a')
  tab('c')
  expect(tabDrafts.read('draft')).toBe('')
})

it('of several tabs that were closed is all of them, in the order in which they were written', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  for (const name of ['b', 'a', 'd']) {
    tab(name)
    tabDrafts.write('draft', `of ${name}`)
    leave()
    vi.setSystemTime(Date.now() + 1000)
  }
  tab('c')
  expect(tabDrafts.read('draft')).toBe('of b\n\nof a\n\nof d')
})

it('of a tab that was killed is there an hour later', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  tab('a')
  tabDrafts.write('draft', 'of a')
  tab('b')
  vi.setSystemTime(Date.now() + 3_700_000)
  expect(tabDrafts.read('draft')).toBe('of a')
})

it('that was sent is gone', () => {
  tab('a')
  tabDrafts.write('draft', 'words')
  tabDrafts.write('draft', '')
  leave()
  expect(tabDrafts.read('draft')).toBe('')
  expect(localStorage).toHaveLength(0)
})
