import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { seedChats } from './fixtures/seed-chat.ts'
import { expect, test } from './fixtures/test.ts'

const turns = 400

/** Long enough that most of it is not loaded, and a word that is said at three places of it. */
async function openLongChat(page: Page, dataDir: string): Promise<Chat> {
  const answer = (n: number) =>
    `Answer ${n}.\n\n${[7, 200, 398].includes(n) ? 'Here is the **needle**.' : 'Only hay.'}\n\n${'More hay. '.repeat(60)}`
  const [seeded] = await seedChats(dataDir, [{ messages: turns * 2, agent: 'demo', answer }])
  const chat = new Chat(page)
  await chat.open(`/chat/${seeded!.sessionId}`)
  await expect(chat.conversation.getByText(seeded!.lastWords)).toBeInViewport()
  return chat
}

test('words are found in the whole conversation, also where it is not loaded yet', async ({ page, runtime }) => {
  const chat = await openLongChat(page, runtime.dataDir)
  await page.keyboard.press('ControlOrMeta+f')
  const field = page.getByRole('textbox', { name: 'Find in this conversation' })
  await expect(field).toBeFocused()
  await page.keyboard.type('NEEDLE')
  await expect(page.getByRole('search').getByRole('status')).toHaveText('3 of 3')
  await expect(chat.conversation.getByText('Here is the needle')).toBeInViewport()
  await expect.poll(() => marked(page)).toBe('needle')

  await page.keyboard.press('Enter')
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 3')
  await expect(chat.conversation.getByText(/^Question 7:/)).toBeVisible()
  await expect(chat.conversation.getByText('Here is the needle')).toBeInViewport()
  await expect.poll(() => marked(page)).toBe('needle')
  await page.keyboard.press('Shift+Enter')
  await expect(page.getByRole('search').getByRole('status')).toHaveText('3 of 3')

  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()
  expect(await marked(page)).toBe('')
})

test('the outline leads to every message, and its address comes back to it', async ({ page, runtime }) => {
  const chat = await openLongChat(page, runtime.dataDir)
  await page.getByRole('button', { name: 'Outline', exact: true }).click()
  const outline = page.getByRole('navigation', { name: 'Outline' })
  await expect(outline.getByText('Loading earlier messages…')).toBeHidden()
  await expect(outline.getByRole('button', { name: 'Question 400:' })).toBeVisible()
  await outline.getByRole('button', { name: 'Question 400:' }).hover()
  await page.mouse.wheel(0, -100_000)
  await expect(outline.getByRole('button', { name: 'Question 1:' })).toBeVisible()
  await outline.getByRole('button', { name: 'Question 12:' }).click()
  await expect(chat.conversation.getByText(/^Question 12:/)).toBeInViewport()
  await expect(page).toHaveURL(/\?turn=s\d+$/)
  await expect(outline.locator('[aria-current]')).toHaveText(/^Question 12:/)

  await page.reload()
  await expect(chat.conversation.getByText(/^Question 12:/)).toBeInViewport()
  await expect(outline).toBeVisible()
  await page.getByRole('button', { name: 'Close the outline' }).click()
  await expect(outline).toBeHidden()
})

test('going elsewhere and back finds the place again', async ({ page, runtime }) => {
  const chat = await openLongChat(page, runtime.dataDir)
  await chat.conversation.focus()
  const place = chat.conversation.getByText(/^Question 393:/)
  for (let i = 0; i < 12 && !(await place.isVisible()); i++) {
    await page.keyboard.press('Alt+ArrowUp')
    await drawn(page)
  }
  await expect(place).toBeInViewport()
  const top = () => place.evaluate((element) => Math.round(element.getBoundingClientRect().top))
  const before = await top()
  await page.getByRole('link', { name: /^New chat/ }).click()
  await expect(place).toBeHidden()
  await page.goBack()
  await expect(place).toBeInViewport()
  await expect.poll(top).toBe(before)
})

/** What the last key led to is on the screen. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  )
}

/** What is marked as the current match. */
function marked(page: Page): Promise<string> {
  return page.evaluate(() => {
    const ranges = [...(CSS.highlights.get('chat-find-current') ?? [])] as Range[]
    return ranges.map((range) => range.toString()).join('|')
  })
}
