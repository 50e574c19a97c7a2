import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ toleratesComplaints: true })

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })

    test('writing, finding and reading have no accessibility violation', async ({ page }) => {
      const chat = new Chat(page)
      await chat.open()
      await expect(page.getByRole('region', { name: 'How to add a model' })).toBeVisible()
      await expectAccessible(page, 'first steps')

      await page.locator('input[type="file"]').setInputFiles([
        { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some words') },
        { name: 'a.bin', mimeType: '', buffer: Buffer.from([0, 255, 0]) },
      ])
      await expect(page.getByRole('alert')).toBeVisible()
      await chat.message.fill('/')
      await expect(page.getByRole('listbox', { name: 'Commands' })).toBeVisible()
      await expectAccessible(page, 'attachments and commands')
      await chat.message.fill('')
      await page.getByRole('button', { name: 'Remove a.bin' }).click()
      await chat.say('hello')
      await chat.expectPhase('Your turn')
      await chat.conversation.getByText('notes.txt').first().click()
      await expectAccessible(page, 'a message with a file')

      await page.keyboard.press('ControlOrMeta+f')
      await page.keyboard.type('hello')
      await expect(page.getByRole('search').getByRole('status')).toHaveText(/ of /)
      await expectAccessible(page, 'finding')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Outline', exact: true }).click()
      await expect(page.getByRole('navigation', { name: 'Outline' })).toBeVisible()
      await expectAccessible(page, 'outline')
      await page.keyboard.press('Escape')

      await page.goto(page.url().replace('/chat/', '/print/').replace(/\?.*/, ''))
      await expect(page.getByRole('button', { name: 'Print' })).toBeEnabled()
      await expectAccessible(page, 'printing')
    })
  })
}

test('what matters is said aloud, and only that', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const live = element?.closest('[aria-live], [role="alert"]')
        if (live?.textContent) said.push(live.textContent)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await chat.say('remember that I like rain')
  await expect(chat.conversation.getByText('I will remember')).toBeVisible({ timeout: 20_000 })
  await chat.expectPhase('Your turn')
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said)
  await expect.poll(said).toContainEqual(expect.stringMatching(/^The agent has answered\. /))
  const all = await said()
  expect(all).toContain('Memory failed.')
  // A handful of sentences, whatever the number of pieces the answer came in.
  expect(new Set(all).size).toBeLessThan(6)
})
