import { Chat } from './fixtures/chat.ts'
import { countedWords, narrator } from './fixtures/scripts.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: narrator })

test('two tabs show the same conversation, live, whoever writes', async ({ page, context }) => {
  const first = new Chat(page)
  await first.open()
  await first.say('count')
  await expect(first.conversation.getByText('w020')).toBeVisible()

  const second = new Chat(await context.newPage())
  await second.open(page.url())
  await expect(second.conversation.getByText('w060')).toBeVisible()
  for (const tab of [first, second]) {
    await tab.expectPhase('Your turn')
    await expect(tab.conversation.getByText(countedWords, { exact: true })).toBeVisible()
  }

  await second.say('from the second tab')
  for (const tab of [first, second]) {
    await expect(tab.conversation.getByText('You said: from the second tab')).toBeVisible()
    await expect(tab.ownMessages).toHaveText(['You: count', 'You: from the second tab'])
  }
})
