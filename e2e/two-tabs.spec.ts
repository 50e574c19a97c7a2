import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test('two tabs show the same conversation, live, whoever writes', async ({ page, context, upstream }) => {
  upstream.enqueue(countingHalf(), anthropicText('Hello, second tab.'))
  const first = new Chat(page)
  await first.open()
  await first.say('count')
  await expect(first.conversation.getByText(half)).toBeVisible()

  const second = new Chat(await context.newPage())
  await second.open(page.url())
  await expect(second.conversation.getByText(half)).toBeVisible()
  upstream.release()
  for (const tab of [first, second]) {
    await expect(tab.conversation.getByText(counted, { exact: true })).toBeVisible()
    await tab.expectPhase('Your turn')
  }

  await second.say('from the second tab')
  for (const tab of [first, second]) {
    await expect(tab.conversation.getByText('Hello, second tab.')).toBeVisible()
    await expect(tab.ownMessages).toHaveText(['You: count', 'You: from the second tab'])
  }
})
