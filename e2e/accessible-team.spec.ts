import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { looks } from './fixtures/looks.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    test.describe.configure({ timeout: 180_000 })

    test('questions, sub-agents, runs and the archive have no accessibility violation', async ({ page }) => {
      const chat = new Chat(page)
      await chat.open()
      await chat.say('Which plan is it?')
      await expect(chat.question(/Which plan/)).toBeVisible()
      await chat.say('and hurry')
      await expect(chat.conversation.getByText(/^Queued/)).toBeVisible()
      await expectAccessible(page, 'an open question')
      await chat
        .question(/Which plan/)
        .getByRole('button', { name: 'Show all' })
        .click()
      await chat
        .question(/Which plan/)
        .getByRole('button', { name: 'Blue' })
        .click()
      await expect(chat.conversation.getByText('I heard: and hurry')).toBeVisible()
      await chat.expectPhase('Your turn')
      await expectAccessible(page, 'an answered question')
      await page
        .getByRole('banner')
        .getByRole('button', { name: /^Actions for/ })
        .click()
      await page.getByRole('menuitem', { name: /^Compact/ }).click()
      await chat.conversation.getByRole('button', { name: /^Earlier conversation summarised/ }).click()
      await expectAccessible(page, 'a compaction')

      await chat.open('/chat')
      await chat.say('Send the team')
      await chat.tool(/^Done scout/).click()
      await expect(chat.conversation.getByText('The north side is quiet.')).toBeVisible()
      await expect(chat.question(/cross the river/)).toBeVisible()
      await expectAccessible(page, 'sub-agents')

      await page.goto('/inbox')
      await expect(chat.question(/cross the river/)).toBeVisible()
      await expectAccessible(page, 'the inbox')
      await page.goto('/runs')
      await expect(page.getByRole('list', { name: 'Runs' }).getByText('Waiting for you')).toBeVisible()
      await expectAccessible(page, 'running runs')
      await page.getByText('All', { exact: true }).click()
      await expect(page.getByRole('list', { name: 'Runs' }).getByText('Done')).toBeVisible()
      await expectAccessible(page, 'all runs')

      if (width < 768) await page.getByRole('button', { name: /^Open navigation/ }).click()
      await page.getByRole('searchbox', { name: 'Search chats' }).fill('plan')
      await expectAccessible(page, 'a search')
      await page.getByRole('searchbox').fill('')
      await page.getByRole('button', { name: 'Archive', exact: true }).click()
      await expect(page.getByText('The archive is empty')).toBeVisible()
      await expectAccessible(page, 'the archive')
    })
  })
}
