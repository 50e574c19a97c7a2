import { readFileSync } from 'node:fs'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

test('commands are offered, say what they cannot do yet, and do what they say', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.message.fill('/comp')
  const offers = page.getByRole('listbox', { name: 'Commands' })
  await expect(offers.getByRole('option')).toHaveText([/^\/compactNothing has been said yet/])
  await chat.message.press('Escape')
  await expect(offers).toBeHidden()
  await chat.say('hello')
  await chat.expectPhase('Your turn')

  await chat.message.fill('/fi')
  await chat.message.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Find in this conversation' })).toBeVisible()
  await expect(chat.message).toHaveValue('')
  await page.keyboard.press('Escape')

  await chat.message.fill('/new')
  await offers.getByRole('option', { name: '/new' }).click()
  await expect(page).toHaveURL(/\/chat$/)
})

test('an agent is mentioned by name', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.message.pressSequentially('Ask @de')
  await expect(page.getByRole('listbox', { name: 'Agents' }).getByRole('option', { selected: true })).toHaveText(
    /^@demo/,
  )
  await chat.message.press('Tab')
  await expect(chat.message).toHaveValue('Ask @demo ')
})

test('↑ goes back through what was sent, ↓ forth again', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  for (const text of ['thanks', 'hello']) {
    await chat.sayAndWait(text)
  }
  await chat.message.press('ArrowUp')
  await expect(chat.message).toHaveValue('hello')
  await chat.message.press('ArrowUp')
  await expect(chat.message).toHaveValue('thanks')
  await chat.message.press('ArrowDown')
  await expect(chat.message).toHaveValue('hello')
  await chat.message.press('ArrowDown')
  await expect(chat.message).toHaveValue('')
})

test('a conversation is saved as Markdown and JSON, copied, and printed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const chat = new Chat(page)
  await chat.open()
  await chat.say('hello')
  await chat.expectPhase('Your turn')
  await expect(page).toHaveURL(/\/chat\/s_/)

  const save = async (command: string) => {
    const download = page.waitForEvent('download')
    await chat.message.fill(`/${command}`)
    await chat.message.press('Enter')
    const file = await download
    return { name: file.suggestedFilename(), text: readFileSync((await file.path()) as string, 'utf8') }
  }
  const markdown = await save('export')
  expect(markdown.name).toBe('hello.md')
  expect(markdown.text).toMatch(/^# hello\n\n## You, \d{4}-/)
  expect(markdown.text).toContain('- **Memory**')
  const json = await save('export-json')
  expect(JSON.parse(json.text).events.length).toBeGreaterThan(5)

  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown.text)

  await chat.message.fill('/print')
  await chat.message.press('Enter')
  await expect(page.getByRole('heading', { name: 'hello', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Print' })).toBeEnabled()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('complementary', { name: 'Sidebar' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('link', { name: 'Back to the chat' }).click()
  await expect(chat.message).toBeVisible()
})
