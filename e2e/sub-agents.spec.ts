import { Chat } from './fixtures/chat.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

test('sub-agents are followed in place; one asks, is answered there, and their parent goes on', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Send the team')
  const north = chat.tool(/scout Look at the north side/)
  const south = chat.tool(/scout Ask about the south side/)
  await expect(north).toHaveAccessibleName(/^Done/)
  await expect(south).toHaveAccessibleName(/^Waiting for you/)
  await expect(page.getByRole('banner').getByText('2 sub-agents')).toBeVisible()

  await north.click()
  const inside = page.getByRole('group', { name: 'Conversation of the sub-agent' })
  await expect(inside.getByText('The north side is quiet.')).toBeVisible()
  await expect(inside.getByRole('button', { name: /^Done Context what time/ })).toBeVisible()
  await chat
    .question(/cross the river/)
    .getByRole('button', { name: 'No' })
    .click()
  await expect(chat.conversation.getByText('They said No.')).toBeVisible()
  await expect(chat.conversation.getByText('Both are back.')).toBeVisible()
  await chat.expectPhase('Your turn')

  await page.reload()
  await expect(chat.conversation.getByText('Both are back.')).toBeVisible()
  await expect(south).toHaveAccessibleName(/^Done/)
  await south.click()
  await expect(inside.getByText('They said No.')).toBeVisible()
  await inside.locator('..').getByRole('link', { name: 'Open on its own page' }).click()
  await expect(chat.ownMessages).toHaveText(['You: Ask about the south side'])
})

test('one sub-agent is stopped, and its parent hears of it', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Send one that stays')
  await chat.tool(/^Working scout/).click()
  const inside = page.getByRole('group', { name: 'Conversation of the sub-agent' })
  await expect(inside.getByText('Nothing yet')).toBeVisible()
  await page.getByRole('button', { name: 'Stop scout' }).click()
  await expect(chat.conversation.getByText('It is not coming back.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop scout' })).toHaveCount(0)
})

test('runs stand beneath those that started them, live, and can be ended', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Send one that stays')
  await expect(chat.tool(/^Working scout/)).toBeVisible()
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
  await expect(runs).toHaveCount(2)
  await expect(runs.nth(0)).toContainText('lead')
  await expect(runs.nth(0)).toContainText('Waiting for sub-agents')
  await expect(runs.nth(1)).toContainText('scout')
  await expect(runs.nth(1)).toContainText('Working')

  await runs.nth(0).getByRole('button', { name: 'End this run of lead' }).click()
  await expect(page.getByText('Nothing is running')).toBeVisible()
  await page.getByText('All', { exact: true }).click()
  await expect(runs.nth(1)).toContainText('Stopped')
  await runs.nth(0).getByRole('link', { name: 'Send one that stays' }).click()
  await expect(chat.ownMessages).toHaveText(['You: Send one that stays'])
  await chat.expectPhase('Ended')
})
