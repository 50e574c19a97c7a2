import type { Page } from '@playwright/test'
import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/upstream-test.ts'

const [sonnet, opus] = ['claude-sonnet-4-5', 'claude-opus-4-1']

test.use({ upstreamModels: [sonnet, opus] })

const panel = (page: Page) => page.getByRole('dialog', { name: 'Model of this conversation' })
/** What the service was asked with, turn by turn. */
const turns = (upstream: { requests: { path: string; body: Record<string, unknown> }[] }) =>
  upstream.requests.filter(({ path }) => path === '/v1/messages').map(({ body }) => [body.model, body.temperature])

async function answered(chat: Chat, text: string, answer: string): Promise<void> {
  await chat.say(text)
  await expect(chat.conversation.getByText(answer)).toBeVisible()
  await chat.expectPhase('Your turn')
}

test('a conversation has another model from its next turn on, and nobody else has; then its agent’s again', async ({
  page,
  upstream,
}) => {
  upstream.enqueue(...['One.', 'Two.', 'Three.', 'Four.'].map((text) => anthropicText(text)))
  const chat = new Chat(page)
  await chat.open()
  await page.getByLabel('Agent').selectOption('hasty')
  await answered(chat, 'first', 'One.')

  await chat.message.fill('/model')
  await chat.message.press('Enter')
  await panel(page).getByLabel('Model').selectOption(opus!)
  await panel(page).getByLabel('Temperature').fill('0.3')
  await expectAccessible(page, 'the model of a conversation')
  await panel(page).getByLabel('Temperature').press('Enter')
  await expect(page.getByText('From the next turn on')).toBeVisible()
  await expect(panel(page)).toBeHidden()
  await answered(chat, 'second', 'Two.')
  expect(turns(upstream).slice(1)).toEqual([[opus, 0.3]])

  const address = page.url()
  await chat.startNew()
  await page.getByLabel('Agent').selectOption('hasty')
  await expect(page.getByRole('button', { name: 'Model of this conversation' })).toBeVisible()
  await answered(chat, 'third', 'Three.')
  expect(turns(upstream)[2]).toEqual(turns(upstream)[0])
  expect(turns(upstream)[0]?.[0]).toBe(sonnet)

  await page.goto(address)
  const button = page.getByRole('button', { name: `Model: ${opus} · temperature 0.3` })
  await button.click()
  await expect(panel(page).getByLabel('Temperature')).toHaveValue('0.3')
  await panel(page).getByRole('button', { name: 'Restore' }).click()
  await expect(button).toBeHidden()
  await answered(chat, 'fourth', 'Four.')
  expect(turns(upstream)[3]).toEqual(turns(upstream)[0])
})

test('what is chosen before the first message is what it begins with, over a reload', async ({ page, upstream }) => {
  upstream.enqueue(anthropicText('Here I am.'))
  const chat = new Chat(page)
  await chat.open()
  await page.getByRole('button', { name: 'Model of this conversation' }).click()
  await panel(page).getByLabel('Model').selectOption(opus!)
  await panel(page).getByRole('button', { name: 'Use for this chat' }).click()
  await page.reload()
  await expect(page.getByRole('button', { name: `Model: ${opus}` })).toBeVisible()
  await answered(chat, 'hello', 'Here I am.')
  expect(turns(upstream).map(([model]) => model)).toEqual([opus])
  await page.reload()
  await expect(page.getByRole('button', { name: `Model: ${opus}` })).toBeVisible()
})
