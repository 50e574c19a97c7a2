import { anthropicTurn } from '../apps/runtime/src/testing/fake-upstream.ts'
import { Chat } from './fixtures/chat.ts'
import { startRuntime } from './fixtures/runtime-process.ts'
import { test as base, expect, upstreamKey } from './fixtures/upstream-test.ts'

const test = base.extend({
  runtime: async ({ upstream }, use, testInfo) => {
    const runtime = await startRuntime({
      config: { pricing: { 'anthropic/*': { input: 3000, output: 15_000, cache_creation: 0, cache_read: 0 } } },
      env: { ANTHROPIC_API_KEY: upstreamKey, ANTHROPIC_BASE_URL: upstream.url },
    })
    await use(runtime)
    await testInfo.attach('runtime output', { body: runtime.output(), contentType: 'text/plain' })
    await runtime.stop()
  },
})

test('what a conversation took and cost is told beside it and under usage, and a limit of it is set', async ({
  page,
  upstream,
}) => {
  upstream.enqueue(anthropicTurn({ text: 'Hello.' }), anthropicTurn({ text: 'Hello again.' }))
  const chat = new Chat(page)
  await chat.open()
  await chat.say('hello')
  await expect(chat.conversation.getByText('Hello.')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.conversation.getByTitle(/tokens in/)).toHaveText(/ · \$\d/)
  await expect(page.getByTitle('Tokens of the last turn')).toHaveText(/^\d+ in · \d+ out( · \d+ tokens\/s)?$/)
  await chat.say('and again')
  await expect(chat.conversation.getByText('Hello again.')).toBeVisible()
  const cost = page.getByTitle('What this conversation cost so far')
  await expect(cost).toHaveText(/^\$\d.* in all$/)
  const said = (await cost.innerText()).replace(' in all', '')

  await page.goto('/usage')
  const byDay = page.getByRole('region', { name: 'By day, in figures' })
  await expect(byDay.getByRole('row').last()).toContainText(said)
  await expect(page.locator('figure canvas')).toBeVisible()
  await page.getByText('Model', { exact: true }).click()
  await expect(page).toHaveURL(/by=model/)
  await expect(page.getByRole('region', { name: 'By model, in figures' })).toContainText('anthropic/claude-sonnet-4-5')

  await page.getByRole('button', { name: 'New limit' }).click()
  const dialog = page.getByRole('dialog', { name: 'New limit' })
  await dialog.getByLabel('Whose').selectOption('The whole runtime')
  await dialog.getByLabel('Stop at').fill('1')
  await dialog.getByRole('button', { name: 'Set it' }).click()
  await expect(page.getByRole('region', { name: 'Limits' })).toContainText('It is used up')
})
