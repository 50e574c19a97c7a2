import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

test('the first minute: ask, watch the tools run, see one fail and recover, ask again', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await expect(page.getByText('there is no model behind it')).toBeVisible()
  await expect(page.getByText('ANTHROPIC_API_KEY')).toBeVisible()

  await chat.say('remember that I like rain')
  await expect(page).toHaveURL(/\/chat\/s_[0-9a-f]{16}$/)
  await expect(chat.ownMessages).toHaveText(['You: remember that I like rain'])
  await expect(chat.conversation.getByText('I will write that down')).toBeVisible()
  await chat.expectPhase('Your turn')

  await expect(chat.tool(/^Done Memory remember .*like-rain/)).toBeVisible()
  await expect(chat.tool(/^Done Context what time is it/)).toBeVisible()
  await expect(chat.tool(/^Thought for/)).not.toHaveCount(0)
  const failed = chat.tool(/^Failed Memory recall/)
  await expect(failed).toHaveAttribute('aria-expanded', 'true')
  await expect(chat.conversation.getByText('I will remember I like rain')).toBeVisible()

  await chat.say('what do you remember?')
  await expect(chat.conversation.getByRole('cell', { name: 'I like rain' })).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(page.getByRole('navigation', { name: 'Chats' }).getByRole('link')).toHaveCount(1)
})

test('a suggested prompt starts a conversation, and a new chat starts another', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await page.getByRole('button', { name: 'Show me some tools' }).click()
  await expect(chat.tool(/^Done Context what tools do I have/)).toBeVisible()
  await chat.expectPhase('Your turn')
  const first = page.url()

  await chat.startNew()
  await chat.say('hello')
  await expect(chat.conversation.getByRole('heading', { name: /^Hello/ })).toBeVisible()
  expect(page.url()).not.toBe(first)

  await page.getByRole('link', { name: /Show me some tools/ }).click()
  await expect(page).toHaveURL(first)
  await expect(chat.ownMessages).toHaveText(['You: Show me some tools'])
})

test('what is typed before the page knows its agents is sent as soon as it does', async ({ page }) => {
  const known = Promise.withResolvers<void>()
  await page.route('**/v1/_runnable-agents', async (route) => {
    await known.promise
    await route.continue()
  })
  const chat = new Chat(page)
  await chat.open()
  await chat.say('hello')
  await expect(chat.ownMessages).toHaveText(['You: hello'])
  await expect(chat.conversation.getByText('Waiting for the list of agents')).toBeVisible()
  known.resolve()
  await expect(chat.conversation.getByRole('heading', { name: /^Hello/ })).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: hello'])
})

test('a first message does not wait for what reads its answer', async ({ page }) => {
  const sent = Promise.withResolvers<void>()
  await page.route('**/assets/reader-*.js', async (route) => {
    await sent.promise
    await route.continue()
  })
  const chat = new Chat(page)
  await chat.open()
  const request = page.waitForRequest((asked) => asked.method() === 'POST' && asked.url().endsWith('/v1/runs'))
  await chat.say('hello')
  await request
  sent.resolve()
  await expect(chat.conversation.getByRole('heading', { name: /^Hello/ })).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: hello'])
  await chat.expectPhase('Your turn')
})
