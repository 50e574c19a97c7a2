import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { countingHalf, half } from './fixtures/counting.ts'
import { looks } from './fixtures/looks.ts'
import { startRuntime } from './fixtures/runtime-process.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test.use({ toleratesComplaints: true })

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    test.describe.configure({ timeout: 180_000 })

    test('no screen has an accessibility violation', async ({ page, upstream }) => {
      upstream.enqueue(countingHalf({ thinking: 'Counting is easy.' }))
      const chat = new Chat(page)
      await chat.open()
      await expectAccessible(page, 'new chat')

      await chat.say('count')
      await expect(chat.conversation.getByText(half)).toBeVisible()
      await expectAccessible(page, 'while it works')

      await chat.open('/chat')
      await page.getByLabel('Agent').selectOption('demo')
      await chat.say('remember that I like rain')
      await expect(chat.conversation.getByText('I will remember')).toBeVisible({ timeout: 20_000 })
      await chat.expectPhase('Your turn')
      await chat.tool(/^Done Memory remember/).click()
      await chat.tool(/^Done Context/).click()
      await chat
        .tool(/^Thought for/)
        .first()
        .click()
      await expectAccessible(page, 'tools and reasoning, opened')
      await chat.say('fail')
      await expect(chat.conversation.getByText('This turn failed')).toBeVisible()
      await expectAccessible(page, 'a failed turn')
      await chat.say('Show me some Markdown')
      await expect(chat.conversation.getByText('The way it got here was not.')).toBeVisible({ timeout: 20_000 })
      await chat.expectPhase('Your turn')
      await expectAccessible(page, 'Markdown')

      await page
        .getByRole('button', { name: /^Actions for/ })
        .last()
        .click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page, 'the menu of a chat')
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      await expect(page.getByRole('dialog', { name: 'Rename chat' })).toBeVisible()
      await expectAccessible(page, 'renaming')
      await page.keyboard.press('Escape')

      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('dialog', { name: 'Find a chat, a document or a command' })).toBeVisible()
      await expectAccessible(page, 'the palette')
      await page.keyboard.press('Escape')

      await page.goto('/settings')
      await expect(page.getByText('Running for')).toBeVisible()
      await expectAccessible(page, 'settings')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
      await expectAccessible(page, 'shortcuts')
      await page.keyboard.press('Escape')

      if (width < 768) {
        await page.getByRole('button', { name: 'Open navigation' }).click()
        await expect(page.getByRole('dialog', { name: 'Navigation' })).toBeVisible()
        await expectAccessible(page, 'navigation')
      }
      await page.goto('/chat/s_0000000000000000')
      await expect(page.getByText('This chat could not be opened')).toBeVisible()
      await expectAccessible(page, 'a chat that does not exist')
      await page.goto('/no/such/page')
      await expect(page.getByRole('heading')).not.toHaveCount(0)
      await expectAccessible(page, 'a page that does not exist')
    })

    test('signing in has no accessibility violation', async ({ page }) => {
      const runtime = await startRuntime({ env: { LOOMCYCLE_AUTH_TOKEN: 'e2e-token-0123456789abcdef' } })
      await page.goto(runtime.url)
      await expectAccessible(page, 'sign-in')
      await page.getByLabel('Token').fill('wrong-but-long-enough')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await expectAccessible(page, 'sign-in, refused')
      await runtime.stop()
    })
  })
}
