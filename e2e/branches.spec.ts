import type { Page } from '@playwright/test'
import { anthropicText, type FakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { counted, countingHalf, half } from './fixtures/counting.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/upstream-test.ts'

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A conversation of these messages, each with its answer. */
async function talk(chat: Chat, upstream: FakeUpstream, ...exchanges: [string, string][]) {
  for (const [said, answer] of exchanges) {
    upstream.enqueue(anthropicText(answer))
    await chat.say(said)
    await expect(chat.conversation.getByText(answer, { exact: true })).toBeVisible()
    await chat.expectPhase('Your turn')
  }
}

const asked = (upstream: FakeUpstream) => upstream.requests.filter(({ path }) => path === '/v1/messages')

const pathOf = (page: Page) => new URL(page.url()).pathname

async function hasGone(page: Page, from: string): Promise<string> {
  await expect.poll(() => pathOf(page)).not.toBe(from)
  return pathOf(page)
}

test('an edited message is answered in a branch, the original stays, and each leads to the other', async ({
  page,
  upstream,
}) => {
  const chat = new Chat(page)
  await chat.open()
  await talk(chat, upstream, ['Plan a day in Rügen', 'Go to the cliffs.'], ['And for dinner?', 'Eat fish.'])
  const original = pathOf(page)
  await chat.message.fill('a thought for later')

  await page.getByRole('button', { name: 'Edit and resend: And for dinner?' }).focus()
  await page.keyboard.press('Enter')
  const editor = page.getByRole('textbox', { name: 'Edited text' })
  await expect(editor).toBeFocused()
  await expect(editor).toHaveValue('And for dinner?')
  await expect(page.getByText('Editing – sends as a new branch')).toBeVisible()
  await editor.fill('And for breakfast?')
  await page.keyboard.press('Escape')
  await expect(editor).toBeHidden()
  expect(asked(upstream)).toHaveLength(2)

  await page.getByRole('button', { name: 'Edit and resend: And for dinner?' }).click()
  upstream.enqueue(anthropicText('Eat rolls.'))
  await editor.fill('And for breakfast?')
  await editor.press('Enter')
  await expect(chat.conversation.getByText('Eat rolls.')).toBeVisible()
  const branch = await hasGone(page, original)
  await expect(chat.ownMessages).toHaveText(['You: Plan a day in Rügen', 'You: And for breakfast?'])
  expect(JSON.stringify(asked(upstream).at(-1)?.body.messages)).not.toContain('fish')
  await expect(chat.conversation.getByText('2 of 2')).toBeVisible()

  await chat.conversation.getByRole('link', { name: 'Plan a day in Rügen' }).click()
  await expect.poll(() => pathOf(page)).toBe(original)
  await expect(page).toHaveURL(/\?turn=/)
  await expect(chat.ownMessages).toHaveText(['You: Plan a day in Rügen', 'You: And for dinner?'])
  await expect(chat.conversation.getByText('Eat fish.')).toBeVisible()
  await expect(chat.message).toHaveValue('a thought for later')

  await chat.conversation.getByRole('button', { name: '1 branch' }).click()
  await page.getByRole('menuitem', { name: /^Plan a day in Rügen/ }).click()
  await expect.poll(() => pathOf(page)).toBe(branch)
  await page.reload()
  await expect(chat.conversation.getByText('Eat rolls.')).toBeVisible()
  await chat.conversation.getByRole('button', { name: 'Previous version' }).click()
  await expect.poll(() => pathOf(page)).toBe(original)
  await chat.conversation.getByRole('button', { name: 'Next version' }).click()
  await expect.poll(() => pathOf(page)).toBe(branch)
  await expect(page.getByRole('link', { name: /^(Your turn: )?Branch: Plan a day in Rügen/ })).toBeVisible()
})

test('what was attached to a message comes along when it is edited', async ({ page, upstream }) => {
  const chat = new Chat(page)
  await chat.open()
  upstream.enqueue(anthropicText('A dot.'), anthropicText('A plan and a dot.'))
  await page.locator('input[type="file"]').setInputFiles([
    { name: 'plan.md', mimeType: 'text/markdown', buffer: Buffer.from('# A plan') },
    { name: 'dot.png', mimeType: 'image/png', buffer: picture },
  ])
  await expect(page.getByRole('list', { name: 'Attachments' }).getByText('1 × 1')).toBeVisible()
  await chat.say('What is this?')
  await chat.expectPhase('Your turn')

  await page.getByRole('button', { name: 'Edit and resend: What is this?' }).click()
  const form = page.getByRole('form', { name: 'Edit and resend: What is this?' })
  await expect(form.getByText('plan.md')).toBeVisible()
  await expect(form.getByRole('img', { name: /^Attached/ })).toBeVisible()
  await form.getByRole('textbox').fill('What are these?')
  await form.getByRole('button', { name: 'Send as a branch' }).click()
  await expect(chat.conversation.getByText('A plan and a dot.')).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: What are these?'])
  await expect(chat.conversation.getByRole('img', { name: /^Attached/ })).toBeVisible()
  const [first, second] = asked(upstream).map(({ body }) => JSON.stringify(body.messages))
  expect(second).toBe(first?.replace('What is this?', 'What are these?'))
})

test('an answer that does not please is tried again, and again', async ({ page, upstream }) => {
  const chat = new Chat(page)
  await chat.open()
  await talk(chat, upstream, ['Name a colour', 'Red.'])
  const original = pathOf(page)
  upstream.enqueue(anthropicText('Green.'))
  await page.getByRole('button', { name: 'Try again: Name a colour' }).click()
  await expect(chat.conversation.getByText('Green.')).toBeVisible()
  const second = await hasGone(page, original)
  await chat.expectPhase('Your turn')

  upstream.enqueue(anthropicText('Blue.'))
  await chat.message.fill('/retry')
  await page.keyboard.press('Enter')
  await expect(chat.conversation.getByText('Blue.')).toBeVisible()
  await hasGone(page, second)
  await expect(chat.conversation.getByText('3 of 3')).toBeVisible()
  await chat.conversation.getByRole('button', { name: 'Previous version' }).click()
  await expect(chat.conversation.getByText('Green.')).toBeVisible()
  await chat.conversation.getByRole('button', { name: 'Previous version' }).click()
  await expect(chat.conversation.getByText('Red.')).toBeVisible()
  await expect(chat.conversation.getByText('1 of 3')).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: Name a colour'])
})

test('a branch from a turn in the middle ends there, survives a reload, and goes on', async ({ page, upstream }) => {
  const chat = new Chat(page)
  await chat.open()
  await talk(chat, upstream, ['one', 'First.'], ['two', 'Second.'], ['three', 'Third.'])
  const original = pathOf(page)
  await page.getByRole('button', { name: 'Branch from here: two' }).click()
  const branch = await hasGone(page, original)
  await expect(chat.ownMessages).toHaveText(['You: one', 'You: two'])
  await expect(chat.message).toBeFocused()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()

  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: one', 'You: two'])
  await expect(chat.conversation.getByText('Branched from one')).toBeVisible()
  await talk(chat, upstream, ['another three', 'Another third.'])
  expect(JSON.stringify(asked(upstream).at(-1)?.body.messages)).not.toContain('Third.')
  expect(pathOf(page)).toBe(branch)

  await page.goto(original)
  await expect(chat.ownMessages).toHaveText(['You: one', 'You: two', 'You: three'])
  await expect(chat.conversation.getByRole('button', { name: '1 branch' })).toBeVisible()
})

test('while an answer is being written, what came before it can be branched', async ({ page, upstream }) => {
  const chat = new Chat(page)
  await chat.open()
  await talk(chat, upstream, ['one', 'First.'])
  upstream.enqueue(countingHalf(), anthropicText('Elsewhere.'))
  await chat.say('count')
  await expect(chat.conversation.getByText(half)).toBeVisible()
  const original = pathOf(page)
  const unfinished = page.getByRole('button', { name: 'Branch from here: count' })
  await expect(unfinished).toHaveAttribute('aria-disabled', 'true')
  await expect(unfinished).toHaveAccessibleDescription(/has not ended/)

  await page.getByRole('button', { name: 'Branch from here: one' }).click()
  await hasGone(page, original)
  await chat.say('two')
  await expect(chat.conversation.getByText('Elsewhere.')).toBeVisible()
  await expect(chat.ownMessages).toHaveText(['You: one', 'You: two'])

  upstream.release()
  await page.goto(original)
  await expect(chat.conversation.getByText(counted)).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.ownMessages).toHaveText(['You: one', 'You: count'])
})

test.describe('a runtime that refuses', () => {
  test.use({ toleratesComplaints: true })

  test('what cannot be branched says why, and nothing that was typed is lost', async ({ page, upstream }) => {
    const chat = new Chat(page)
    await chat.open()
    await talk(chat, upstream, ['one', 'First.'])
    await page.getByRole('button', { name: 'Edit and resend: one' }).click()
    const editor = page.getByRole('textbox', { name: 'Edited text' })
    await editor.fill('uno')
    await page.request.post('/v1/_pause', { data: {} })
    await editor.press('Enter')
    await expect(page.getByRole('form').getByRole('alert')).toContainText('paused')
    await expect(editor).toHaveValue('uno')
    await page.reload()
    await page.request.post('/v1/_resume', { data: {} })
    await page.getByRole('button', { name: 'Edit and resend: one' }).click()
    await expect(editor).toHaveValue('uno')
    upstream.enqueue(anthropicText('Primo.'))
    await editor.press('Enter')
    await expect(chat.conversation.getByText('Primo.')).toBeVisible()
  })
})

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce', hasTouch: width === 390 })

    test('branching has no accessibility violation', async ({ page, upstream }) => {
      const chat = new Chat(page)
      await chat.open()
      await talk(chat, upstream, ['one', 'First.'], ['two', 'Second.'])
      await page.getByRole('button', { name: 'Edit and resend: two' }).click()
      await expect(page.getByRole('textbox', { name: 'Edited text' })).toBeFocused()
      await expectAccessible(page, 'editing')
      const original = pathOf(page)
      upstream.enqueue(anthropicText('Another second.'))
      await page.getByRole('button', { name: 'Send as a branch' }).click()
      await expect(chat.conversation.getByText('Another second.')).toBeVisible()
      await expect(chat.conversation.getByText('2 of 2')).toBeVisible()
      await chat.expectPhase('Your turn')
      await expectAccessible(page, 'a branch')
      await page.goto(original)
      await chat.conversation.getByRole('button', { name: '1 branch' }).click()
      await expect(page.getByRole('menuitem')).toBeVisible()
      await expectAccessible(page, 'its source')
    })
  })
}
