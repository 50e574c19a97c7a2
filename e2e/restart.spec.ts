import { Chat } from './fixtures/chat.ts'
import { countedWords, narrator } from './fixtures/scripts.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: narrator, toleratesComplaints: true })

test('the runtime is killed in mid-stream and started again: the answer is completed in the open page', async ({
  page,
  runtime,
}) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText('w050')).toBeVisible()
  await runtime.kill()
  await expect(page.getByRole('complementary', { name: 'Sidebar' }).getByText(/offline|reconnect|lost/i)).toBeVisible()
  await expect(chat.conversation.getByText('w050')).toBeVisible()

  await runtime.restart()
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText(countedWords, { exact: true })).toHaveCount(1)
  await expect(chat.ownMessages).toHaveText(['You: count'])
  await expect(page.getByRole('complementary', { name: 'Sidebar' }).getByText('Live')).toBeVisible()

  const live = await chat.conversation.innerText()
  await page.reload()
  await expect(chat.conversation.getByText(countedWords, { exact: true })).toHaveCount(1)
  expect(settled(await chat.conversation.innerText())).toBe(settled(live))
})

test('a parked run takes the next message after a kill', async ({ page, runtime }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await expect(chat.conversation.getByText('You said: first')).toBeVisible()
  await chat.expectPhase('Your turn')
  await runtime.kill()
  await runtime.restart()

  await chat.say('second')
  await expect(chat.conversation.getByText('You said: second')).toBeVisible()
  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: second'])
  await expect(chat.conversation.getByText('You said: second')).toBeVisible()
})

test('what was sent while the runtime was away is not lost', async ({ page, runtime }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await chat.expectPhase('Your turn')
  await runtime.kill()
  await chat.say('into the void')
  await expect(page.getByText('into the void')).toBeVisible()
  await runtime.restart()

  // Either it was delivered meanwhile, or it is back in the field with a reason.
  const delivered = chat.conversation.getByText('You said: into the void')
  await expect(delivered.or(page.getByRole('alert'))).toBeVisible({ timeout: 20_000 })
  if (!(await delivered.isVisible())) {
    await expect(chat.message).toHaveValue('into the void')
    await chat.message.press('Enter')
    await expect(delivered).toBeVisible()
  }
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: into the void'])
})

/** Durations are measured live and unknown to a replay. */
function settled(text: string): string {
  return text.replaceAll(/\d+(?:\.\d+)? ?(?:ms|s|tokens\/s)\b/g, '…')
}
