import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test('a message sent while the agent works waits, is taken in after the tool results, and is answered', async ({
  page,
  upstream,
}) => {
  upstream.enqueue(
    countingHalf({ calls: [{ id: 'toolu_1', name: 'Context', input: { op: 'time' } }] }),
    anthropicText('Counted, and heard.'),
  )
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count, then look at the clock')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await chat.say('and now this')
  await expect(chat.conversation.getByText(/^Queued/)).toBeVisible()

  upstream.release()
  await expect(chat.conversation.getByText('Counted, and heard.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByText(/^Queued/)).toBeHidden()
  await expect(chat.tool(/^Done Context/)).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: count, then look at the clock', 'You: and now this'])

  const [result, steer] = upstream.requests.at(-1)?.body.messages.at(-1).content ?? []
  expect(result).toMatchObject({ type: 'tool_result', tool_use_id: 'toolu_1' })
  expect(steer).toMatchObject({ type: 'text', text: 'and now this' })
})

test('stopping a turn keeps what was said, and the conversation goes on', async ({ page, upstream }) => {
  upstream.enqueue(countingHalf(), anthropicText('Still here.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await chat.expectPhase('Your turn')
  await upstream.hungUp()
  await expect(chat.conversation.getByText('Stopped')).toBeVisible()
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await expect(chat.conversation.getByText(counted)).toBeHidden()

  await chat.say('still there?')
  await expect(chat.conversation.getByText('Still here.')).toBeVisible()
})

test('ending a run, and going on later by sending another message', async ({ page, upstream }) => {
  upstream.enqueue(anthropicText('First answer.'), anthropicText('Second answer.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('first')
  await chat.expectPhase('Your turn')
  await page.getByRole('button', { name: 'End run' }).click()
  await chat.expectPhase('Ended')

  await chat.say('second')
  await expect(chat.conversation.getByText('Second answer.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: first', 'You: second'])
})
