import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

test.describe('at 200 % zoom, with motion unwanted', () => {
  // Zooming halves what a page has for its own pixels.
  test.use({ viewport: { width: 720, height: 450 }, reducedMotion: 'reduce' })

  test('everything is within reach, and nothing moves by itself', async ({ page }) => {
    const chat = new Chat(page)
    await chat.open()
    await expectNoSidewaysScroll(page)
    await chat.say('Show me some Markdown')
    await chat.expectPhase('Working')
    const longest = await page.evaluate(() =>
      Math.max(0, ...document.getAnimations().map((each) => Number(each.effect?.getComputedTiming().endTime ?? 0))),
    )
    expect(longest).toBeLessThanOrEqual(1)
    await expect(chat.conversation.getByText('The way it got here was not.')).toBeVisible({ timeout: 30_000 })
    await chat.expectPhase('Your turn')
    await expectNoSidewaysScroll(page)
    await expect(chat.message).toBeInViewport()
    await expect(page.getByRole('banner').getByRole('button', { name: /^Actions for/ })).toBeInViewport()
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test('nothing scrolls sideways at 360 px', async ({ page }) => {
    const chat = new Chat(page)
    await chat.open()
    await expectNoSidewaysScroll(page)

    await chat.say('Show me some Markdown')
    await chat.expectPhase('Your turn')
    await expectNoSidewaysScroll(page)
    await chat.say(`${'unsplittable-word-'.repeat(20)} https://example.com/${'path/'.repeat(40)}`)
    await expect(chat.conversation.getByText(/^You wrote/)).toBeVisible()
    await chat.expectPhase('Your turn')
    await expectNoSidewaysScroll(page)

    await chat.say('remember that this is a phone')
    await expect(chat.conversation.getByText('I will remember')).toBeVisible({ timeout: 20_000 })
    await expectNoSidewaysScroll(page)

    await page.goto('/settings')
    await expect(page.getByRole('heading', { name: 'Runtime' })).toBeVisible()
    await expectNoSidewaysScroll(page)
  })

  test('nothing that is typed in is so small that a phone zooms in', async ({ page }) => {
    const sizes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('input:not([type="checkbox"], [type="radio"]), select, textarea, .cm-content')]
          .filter((field) => field.checkVisibility())
          .map((field) => [field.getAttribute('aria-label'), Number.parseFloat(getComputedStyle(field).fontSize)])
          .filter(([, size]) => Number(size) < 16),
      )
    await new Chat(page).open()
    expect(await sizes()).toEqual([])
    await page.goto('/docs/launch')
    await page.getByRole('button', { name: 'New card in Scheduled' }).tap()
    await expect(page.getByRole('textbox', { name: /^Title of the new card/ })).toBeFocused()
    expect(await sizes()).toEqual([])
    await page.getByRole('article', { name: /^Install it/ }).tap()
    await page.getByRole('button', { name: 'Edit the text' }).tap()
    await expect(page.locator('.cm-content')).toBeVisible()
    expect(await sizes()).toEqual([])
  })

  test('the sidebar is out of the way until asked for', async ({ page }) => {
    const chat = new Chat(page)
    await chat.open()
    await expect(page.getByRole('complementary', { name: 'Sidebar' })).toBeHidden()
    await expect(page.getByRole('button', { name: 'Send' })).toBeInViewport()
    await chat.say('hello')
    await chat.expectPhase('Your turn')

    await page.getByRole('button', { name: 'Open navigation' }).tap()
    const sheet = page.getByRole('dialog', { name: 'Navigation' })
    await expect(sheet.getByRole('link', { name: /hello/ })).toBeVisible()
    await sheet.getByRole('link', { name: /^New chat/ }).tap()
    await expect(sheet).toBeHidden()
    await expect(page).toHaveURL(/\/chat$/)

    await page.getByRole('button', { name: 'Open navigation' }).tap()
    await sheet.getByRole('link', { name: /hello/ }).tap()
    await expect(chat.ownMessages).toHaveText(['You: hello'])
    await expect(chat.message).toBeInViewport()
  })
})

/** Neither the page nor anything in it that is not meant to: code and tables scroll in boxes of their own. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const mayScroll = (element: Element) => element.closest('pre, [role="group"]') !== null
    return [document.documentElement, ...document.querySelectorAll('main, main *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && !mayScroll(element))
      .map((element) => element.outerHTML.slice(0, 120))
  })
  expect(wide).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
}
