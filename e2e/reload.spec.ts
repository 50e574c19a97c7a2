import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test('reloading in mid-stream shows the same conversation, and it goes on', async ({ page, upstream }) => {
  upstream.enqueue(countingHalf(), anthropicText('You are welcome.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await page.reload()
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await chat.expectPhase('Working')

  upstream.release()
  await expect(chat.conversation.getByText(counted, { exact: true })).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.ownMessages).toHaveText(['You: count'])

  await chat.say('thank you')
  await expect(chat.conversation.getByText('You are welcome.')).toBeVisible()
})

test('a draft survives a reload', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.message.fill('half a thought')
  await page.reload()
  await expect(chat.message).toHaveValue('half a thought')
})
