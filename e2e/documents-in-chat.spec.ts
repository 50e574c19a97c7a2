import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const chunk = (page: Page) => page.getByRole('region', { name: 'Chunk' })

test('a document and a chunk are mentioned, sent as plain references, and lead to their pages', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  const offered = page.getByRole('listbox', { name: 'Agents and documents' })
  await chat.message.pressSequentially('look at @Launch')
  await expect(offered.getByRole('option', { name: /^Launch plan/ })).toBeVisible()
  await offered.getByRole('option', { name: /^Launch plan/ }).click()
  await expect(chat.message).toHaveValue('look at [/docs/launch](/docs/launch) ')

  await chat.message.pressSequentially('and @/docs/launch#beta')
  const diary = offered.getByRole('option', { name: /^Beta diary/ })
  await expect(diary).toBeVisible()
  while ((await diary.getAttribute('aria-selected')) !== 'true') await chat.message.press('ArrowDown')
  await expect(chat.message).toHaveAttribute('aria-activedescendant', (await diary.getAttribute('id')) ?? '')
  await chat.message.press('Enter')
  await expect(chat.message).toHaveValue(/\[\/docs\/launch#Beta diary, first week\]\(\/docs\/launch\?card=\w+\) $/)
  await chat.message.press('Enter')
  await expect(chat.ownMessages).toHaveText(['You: look at /docs/launch and /docs/launch#Beta diary, first week'])
  await chat.expectPhase('Your turn')
  await expect(page.getByRole('banner').getByRole('heading')).toHaveText(/^look at \/docs\/launch and/)

  await chat.conversation.getByRole('link', { name: '/docs/launch', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Launch plan' })).toBeVisible()
  await page.goBack()
  await chat.conversation.getByRole('link', { name: '/docs/launch#Beta diary, first week' }).first().click()
  await expect(chunk(page).getByRole('heading', { name: /^Beta diary/ })).toBeVisible()
})

test('a tool call on documents says what it changed and leads there', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await page.getByRole('combobox', { name: 'Agent' }).selectOption('launch/drafter')
  await chat.say('Draft the next one')
  await chat.expectPhase('Your turn')
  await chat.tool(/Document update chunk/).click()
  await expect(chat.conversation.getByText('status scheduled → drafted')).toBeVisible()
  await chat.tool(/Document query chunks/).click()
  await expect(chat.conversation.getByRole('table').first()).toContainText('One board for people and agents')
  await chat.conversation.getByRole('link', { name: 'One board for people and agents' }).last().click()
  await expect(chunk(page).getByRole('heading', { name: 'One board for people and agents' })).toBeVisible()
})

test('the first page leads to the sample', async ({ page }) => {
  await page.goto('/chat')
  await page.getByRole('link', { name: 'open the launch plan' }).click()
  await expect(page.getByRole('article', { name: /^Launch thread/ })).toBeVisible()
})
