import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test('reading back is not disturbed by what streams in; a button leads to it', async ({ page, upstream }) => {
  const paragraphs = Array.from({ length: 40 }, (_, i) => `Paragraph ${i + 1}.\n\n`)
  upstream.enqueue(anthropicText(paragraphs), countingHalf())
  const chat = new Chat(page)
  await chat.open()
  await chat.say('a long one')
  await expect(chat.conversation.getByText('Paragraph 40.')).toBeInViewport()
  await chat.expectPhase('Your turn')
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeInViewport()

  await chat.toStart()
  await expect(chat.conversation.getByText('Paragraph 1.', { exact: true })).toBeInViewport()
  await expect(page.getByRole('button', { name: 'To the end' })).toBeVisible()
  const position = () => chat.conversation.evaluate((element) => element.scrollTop)
  const before = await position()
  upstream.release()
  await chat.expectPhase('Your turn')
  const button = page.getByRole('button', { name: 'New messages' })
  await expect(button).toBeVisible()
  expect(await position()).toBe(before)
  await button.click()
  await expect(chat.conversation.getByText(counted, { exact: true })).toBeInViewport()
})
