import { anthropicText } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { startProxy } from './fixtures/proxy.ts'
import { expect, test } from './fixtures/upstream-test.ts'

test.use({ toleratesComplaints: true })

test('a phone tab that was frozen, and lost its connections unnoticed, comes back exact and by itself', async ({
  page,
  context,
  runtime,
  upstream,
  request,
}) => {
  upstream.enqueue(countingHalf(), anthropicText('Said while nobody looked.'))
  const proxy = await startProxy(runtime.url)
  const chat = new Chat(page)
  await chat.open(`${proxy.url}/chat`)
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  await expect(page).toHaveURL(/\/chat\/s_/)
  const session = page.url().split('/').at(-1)

  const cdp = await context.newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  proxy.swallow()
  upstream.release()
  const run = async () => (await (await request.get('/v1/users/default/agents')).json()).agents[0]
  await expect.poll(async () => (await run()).phase).toBe('parked')
  await request.post(`/v1/runs/${(await run()).run_id}/input`, { data: { text: 'from elsewhere' } })
  const log = `/v1/sessions/${session}/transcript`
  await expect.poll(async () => (await request.get(log)).text()).toContain('while nobody looked')

  await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  // A page without a window is never hidden, and only of a hidden one does the browser tell this by itself.
  await page.evaluate(() => document.dispatchEvent(new Event('resume')))
  await expect(chat.conversation.getByText(counted, { exact: true })).toHaveCount(1)
  await expect(chat.conversation.getByText('Said while nobody looked.')).toHaveCount(1)
  await expect(chat.ownMessages).toHaveText(['You: count', 'You: from elsewhere'])
  await chat.expectPhase('Your turn')
  await expect(page.getByRole('complementary', { name: 'Sidebar' }).getByText('Live', { exact: true })).toBeVisible()
  proxy.close()
})
