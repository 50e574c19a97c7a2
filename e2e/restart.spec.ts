import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, counting, countingHalf, half } from './fixtures/counting.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test.use({ toleratesComplaints: true })

test('the runtime is killed in mid-stream and started again: the answer is completed in the open page', async ({
  page,
  runtime,
  upstream,
}) => {
  upstream.enqueue(countingHalf(), counting())
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await runtime.kill()
  const sidebar = page.getByRole('complementary', { name: 'Sidebar' })
  await expect(sidebar.getByText(/offline|reconnect|lost/i)).toBeVisible()
  await expect(chat.conversation.getByText(half)).toBeVisible()

  await runtime.restart()
  await expect(chat.conversation.getByText(counted, { exact: true })).toHaveCount(1)
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText('w100')).toHaveCount(1)
  await expect(chat.ownMessages).toHaveText(['You: count'])
  await expect(sidebar.getByText('Live')).toBeVisible()

  const live = await chat.conversation.innerText()
  await page.reload()
  await expect(chat.conversation.getByText(counted, { exact: true })).toHaveCount(1)
  expect(withoutDurations(await chat.conversation.innerText())).toBe(withoutDurations(live))
})

test('a parked run takes the next message after a kill', async ({ page, runtime, upstream }) => {
  upstream.enqueue(anthropicText('First answer.'), anthropicText('Second answer.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await expect(chat.conversation.getByText('First answer.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await runtime.kill()
  await runtime.restart()

  await chat.say('second')
  await expect(chat.conversation.getByText('Second answer.')).toBeVisible()
  const { messages } = upstream.requests.at(-1)?.body ?? {}
  expect(messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant', 'user'])
  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: second'])
  await expect(chat.conversation.getByText('Second answer.')).toBeVisible()
})

test('what was sent while the runtime was away is not lost', async ({ page, runtime, upstream }) => {
  upstream.enqueue(anthropicText('First answer.'), anthropicText('Heard you.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await expect(chat.conversation.getByText('First answer.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await runtime.kill()
  await chat.say('into the void')
  await expect(page.getByText('into the void').first()).toBeVisible()
  await runtime.restart()

  // Either it was delivered meanwhile, or it is back in the field with a reason.
  const delivered = chat.conversation.getByText('Heard you.')
  await expect(delivered.or(page.getByRole('alert'))).toBeVisible({ timeout: 20_000 })
  if (!(await delivered.isVisible())) {
    await expect(chat.message).toHaveValue('into the void')
    await chat.message.press('Enter')
    await expect(delivered).toBeVisible()
  }
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: into the void'])
})

test('a part of the page that could not be had while the runtime was away comes once it is back', async ({
  page,
  upstream,
}) => {
  upstream.enqueue(anthropicText('First answer.'))
  const chat = new Chat(page)
  const away = [/\/assets\/transcript-/, '**/healthz']
  for (const address of away) await page.route(address, (route) => route.abort())
  await chat.open()
  await chat.say('first')
  await expect(page.getByRole('status', { name: 'Loading the conversation' })).toBeVisible()
  await chat.expectPhase('Your turn')
  for (const address of away) await page.unroute(address)
  await expect(chat.conversation.getByText('First answer.')).toBeVisible()
})

/** They are measured live, and unknown to a replay. */
function withoutDurations(text: string): string {
  return text.replaceAll(/\d+(?:\.\d+)? ?(?:ms|s|tokens\/s)\b/g, '…')
}
