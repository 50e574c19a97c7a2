import { anthropicText, anthropicTurn, statusReply } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { expect, test, upstreamKey } from './fixtures/upstream-test.ts'

test('a run over the Anthropic protocol: thinks, calls a tool, answers with its result', async ({ page, upstream }) => {
  upstream.enqueue(
    anthropicTurn({
      thinking: 'The launch date is worth keeping.',
      text: 'One moment.',
      calls: [
        { id: 'toolu_1', name: 'Memory', input: { op: 'set', scope: 'user', key: 'launch', value: '30 June' } },
        { id: 'toolu_2', name: 'Context', input: { op: 'time' } },
      ],
    }),
    anthropicText(['The launch is on ', '**30 June**', '.']),
  )
  const chat = new Chat(page)
  await chat.open()
  await expect(page.getByText('there is no model behind it')).toBeHidden()
  await chat.say('Our launch is on 30 June')

  await expect(chat.conversation.getByText('The launch is on 30 June.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.tool(/^Done Memory/)).toBeVisible()
  await expect(chat.tool(/^Done Context/)).toBeVisible()
  await expect(chat.tool(/^Thought for/)).toBeVisible()

  const [asked, answered] = upstream.requests.filter(({ path }) => path === '/v1/messages')
  expect(asked?.headers['x-api-key']).toBe(upstreamKey)
  expect(asked?.body.messages).toMatchObject([
    { role: 'user', content: [{ type: 'text', text: 'Our launch is on 30 June' }] },
  ])
  expect(answered?.body.messages.at(-1)).toMatchObject({
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_1' },
      { type: 'tool_result', tool_use_id: 'toolu_2' },
    ],
  })
})

test('the service refuses in the middle of a conversation: the page says so, and the conversation goes on', async ({
  page,
  upstream,
}) => {
  upstream.enqueue(
    anthropicText('First answer.'),
    statusReply(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: `credit balance too low for ${upstreamKey}` },
    }),
    { ...anthropicText('This answer breaks off in the middle of'), cutAt: 700 },
    anthropicText('Here I am again.'),
  )
  const chat = new Chat(page)
  await chat.open()
  await page.getByLabel('Agent').selectOption('hasty')
  await chat.say('one')
  await expect(chat.conversation.getByText('First answer.')).toBeVisible()

  await chat.say('two')
  await expect(chat.conversation.getByText(/anthropic.*credit balance too low/i)).toBeVisible()
  await chat.say('three')
  await expect(chat.conversation.getByText('This turn failed')).toHaveCount(2)
  await chat.say('four')
  await expect(chat.conversation.getByText('Here I am again.')).toBeVisible()
  await chat.expectPhase('Your turn')

  await page.reload()
  await expect(chat.conversation.getByText('Here I am again.')).toBeVisible()
  await chat.toStart()
  await expect(chat.conversation.getByText('First answer.')).toBeVisible()
  expect(await page.content()).not.toContain(upstreamKey)
})
