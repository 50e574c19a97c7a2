import { Chat } from './fixtures/chat.ts'
import { countedWords, narrator } from './fixtures/scripts.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: narrator })

test('reloading in mid-stream shows the same conversation, and it goes on', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText('w050')).toBeVisible()
  await page.reload()
  await expect(chat.conversation.getByText('w050')).toBeVisible()
  await chat.expectPhase('Working')

  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText(countedWords, { exact: true })).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: count'])

  await chat.say('thank you')
  await expect(chat.conversation.getByText('You said: thank you')).toBeVisible()
})

test('a draft survives a reload', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.message.fill('half a thought')
  await page.reload()
  await expect(chat.message).toHaveValue('half a thought')
})
