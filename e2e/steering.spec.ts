import { Chat } from './fixtures/chat.ts'
import { countedWords, narrator } from './fixtures/scripts.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: narrator })

test('a message sent while the agent works waits, is taken in after the tool results, and is answered', async ({
  page,
}) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('look, then count')
  await expect(chat.conversation.getByText('w020')).toBeVisible()
  await chat.say('and now this')
  await expect(chat.conversation.getByText(/^Queued/)).toBeVisible()

  await expect(chat.conversation.getByText('You said: and now this')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText(/^Queued/)).toBeHidden()
  await expect(chat.tool(/^Done Context/)).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: look, then count', 'You: and now this'])
})

test('stopping a turn keeps what was said, and the conversation goes on', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText('w020')).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText('Stopped')).toBeVisible()
  await expect(chat.conversation.getByText('w020')).toBeVisible()
  await expect(chat.conversation.getByText(countedWords)).toBeHidden()

  await chat.say('still there?')
  await expect(chat.conversation.getByText('You said: still there?')).toBeVisible()
})

test('ending a run, and going on later by sending another message', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await chat.expectPhase('Your turn')
  await page.getByRole('button', { name: 'End run' }).click()
  await chat.expectPhase('Ended')

  await chat.say('second')
  await expect(chat.conversation.getByText('You said: second')).toBeVisible()
  await chat.expectPhase('Your turn')
  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: second'])
})
