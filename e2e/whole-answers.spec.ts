import { anthropicText, anthropicTurn, type FakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/upstream-test.ts'

const lastOf = ({ requests }: FakeUpstream) => requests.findLast(({ path }) => path === '/v1/messages')

test('an answer that was cut off says so, and goes on at a click', async ({ page, upstream }) => {
  upstream.enqueue(anthropicTurn({ text: 'One, two, thr', stop: 'max_tokens' }), anthropicText('ee, four.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Count to four')
  const cut = chat.conversation.getByText('Cut off at the answer limit')
  await expect(cut).toBeVisible()
  await page.reload()
  await expect(cut).toBeVisible()

  const goOn = chat.conversation.getByRole('button', { name: 'Continue', exact: true })
  await goOn.click()
  await expect(chat.conversation.getByText('ee, four.')).toBeVisible()
  await expect(cut).toBeVisible()
  await expect(goOn).toBeHidden()
  expect(lastOf(upstream)?.body.messages).toMatchObject([
    { role: 'user', content: [{ text: 'Count to four' }] },
    { role: 'assistant', content: [{ text: 'One, two, thr' }] },
    { role: 'user' },
  ])
})

test('a turn without an answer says so, and the question is asked again at a click', async ({ page, upstream }) => {
  upstream.enqueue(anthropicText('<thinking>It is seven.</thinking>'), anthropicText('Seven.'))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Three and four?')
  await expect(chat.conversation.getByText('The model ended its turn without an answer.')).toBeVisible()
  await chat.conversation.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(chat.conversation.getByText('Seven.')).toBeVisible()
  expect(JSON.stringify(lastOf(upstream)?.body.messages)).not.toContain('thinking')
})

test('a model that takes its time is reading, and the page says so', async ({ page, upstream }) => {
  await page.clock.install()
  upstream.enqueue({ ...anthropicText('There you are.'), holdHeaders: true })
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Hello')
  await upstream.seen(1)
  await page.clock.fastForward(6_000)
  await expect(chat.conversation.getByText('The model is reading…')).toBeVisible()
  await page.clock.fastForward(30_000)
  await expect(chat.conversation.getByText('one on your own machine may be loading first')).toBeVisible()
  upstream.release()
  await expect(chat.conversation.getByText('There you are.')).toBeVisible()
  await expect(chat.conversation.getByText('The model is reading…')).toBeHidden()
})
