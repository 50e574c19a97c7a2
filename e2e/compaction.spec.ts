import { Chat } from './fixtures/chat.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

test('compacting shows what came of it, the gauge is right at once, and the conversation goes on', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Tell me a story')
  await chat.expectPhase('Your turn')
  await chat.say('one')
  await expect(chat.conversation.getByText('I heard: one')).toBeVisible()
  await chat.expectPhase('Your turn')
  const gauge = page.getByRole('meter', { name: 'Context' })
  await expect(gauge).toHaveAttribute('aria-valuenow', '85')

  const menu = page.getByRole('banner').getByRole('button', { name: /^Actions for/ })
  await menu.click()
  await page.getByRole('menuitem', { name: /^Compact/ }).click()
  const mark = chat.conversation.getByRole('button', { name: /^Earlier conversation summarised/ })
  await expect(mark).toHaveText(/\d+ → \d+ tokens/)
  await expect(gauge).not.toHaveAttribute('aria-valuenow', '85')
  await mark.click()
  await expect(chat.conversation.getByText('They have been talking.')).toBeVisible()
  await expect(chat.conversation.getByText('Once upon a time.').first()).toBeVisible()

  await page.reload()
  await expect(mark).toBeVisible()
  await chat.say('two')
  await expect(chat.conversation.getByText('I heard: two')).toBeVisible()
})

test('there is no compacting in the middle of a turn, and the menu says why', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Name it')
  await chat.expectPhase('Waiting for you')
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Actions for/ })
    .click()
  const item = page.getByRole('menuitem', { name: /^Compact/ })
  await expect(item).toHaveAttribute('aria-disabled', 'true')
  await expect(item).toContainText('Possible when the turn has ended.')
})
