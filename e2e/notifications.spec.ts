import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

test('the browser tells what happens in the background, once somebody has asked for it', async ({ page, context }) => {
  await page.addInitScript(recordNotifications)
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Name it')
  await chat.expectPhase('Waiting for you')
  const address = page.url()
  expect(await told(page)).toEqual([])

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('button', { name: 'Turn off' })).toBeVisible()
  expect(await told(page)).toEqual(['permission'])
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })

  const other = new Chat(await context.newPage())
  await other.open(address)
  await other
    .question(/called/)
    .getByRole('textbox')
    .fill('Rosebud')
  await other.page.keyboard.press('Enter')
  await expect.poll(() => told(page), { timeout: 30_000 }).toEqual(['permission', 'Name it: lead has answered'])
  await expect(page).toHaveTitle(/^\(1\) /)
})

/** In place of the browser's own, which shows itself outside the page. */
function recordNotifications() {
  const list: string[] = []
  class Recorded {
    static permission = localStorage.getItem('permission') ?? 'default'
    static async requestPermission() {
      list.push('permission')
      localStorage.setItem('permission', 'granted')
      Recorded.permission = 'granted'
      return 'granted'
    }
    constructor(title: string, { body }: { body: string }) {
      list.push(`${title}: ${body}`)
    }
    close() {}
  }
  Object.assign(globalThis, { Notification: Recorded, told: list })
}

function told(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { told: string[] }).told)
}
