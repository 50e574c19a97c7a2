import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

test('the first minute by keyboard alone', async ({ page }) => {
  const chat = new Chat(page)
  const press = (key: string) => page.keyboard.press(key)
  await page.goto('/')
  await expect(chat.message).toBeFocused()
  await page.keyboard.type('Show me some tools')
  await press('Enter')
  await chat.expectPhase('Your turn')
  await expect(chat.message).toBeFocused()

  const tool = chat.tool(/^Done Context what time/)
  for (let i = 0; i < 20 && !(await isFocused(tool)); i++) await press('Shift+Tab')
  await expect(tool).toBeFocused()
  await press('Enter')
  await expect(tool).toHaveAttribute('aria-expanded', 'true')
  await press('Space')
  await expect(tool).toHaveAttribute('aria-expanded', 'false')

  await press('ControlOrMeta+k')
  await expect(page.getByRole('dialog', { name: 'Find a chat, a document or a command' })).toBeVisible()
  await page.keyboard.type('settings')
  await press('Enter')
  await expect(page).toHaveURL(/\/settings$/)

  await press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await press('ControlOrMeta+k')
  await page.keyboard.type('some tools')
  await press('Enter')
  await expect(chat.ownMessages).toHaveText(['You: Show me some tools'])
  await press('/')
  await expect(chat.message).toBeFocused()
  await press('Alt+n')
  await expect(page).toHaveURL(/\/chat$/)
  await expect(chat.message).toBeFocused()
})

test('the skip link leads past the sidebar, and focus can always be seen', async ({ page }) => {
  await page.goto('/settings')
  await expect(page.getByRole('heading', { name: 'Runtime' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport()
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    const outlined = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement as Element)
      return document.activeElement === document.body || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px')
    })
    expect(outlined, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(true)
  }
})

async function isFocused(locator: ReturnType<Chat['tool']>): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement)
}
