import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import type { RuntimeOptions, ScriptFile } from './fixtures/runtime-process.ts'
import { expect, test } from './fixtures/test.ts'

const ask = { op: 'ask', question: 'How short may it be?', options: ['One line', 'Two lines'] }
const writer: ScriptFile = {
  scenes: [
    { match: 'Shorten', turns: [{ text: 'It is **shorter** now.', usage: { input_tokens: 900, output_tokens: 12 } }] },
    {
      match: 'Ask me',
      turns: [{ tool_calls: [{ name: 'Interruption', input: ask }] }, { text: 'Then {{results.0.answer}}.' }],
    },
    { turns: [{ text: 'I think about it', hold: true }] },
  ],
}
const runtimeOptions: RuntimeOptions = {
  config: {
    agents: {
      writer: {
        ...{ provider: 'scripted', model: 'writer', description: 'Writes.', tools: ['Interruption', 'Document'] },
        interruption: { enabled: true },
      },
    },
  },
  scripts: { writer },
}
test.use({ runtimeOptions })

const chunk = (page: Page) => page.getByRole('region', { name: 'Chunk', exact: true })
const comments = (page: Page) => chunk(page).getByRole('region', { name: 'Comments' })
const field = (page: Page) => comments(page).getByRole('textbox', { name: 'Your comment' })
const atWork = (page: Page) => chunk(page).getByRole('region', { name: 'At work' })

async function openCard(page: Page, title: RegExp): Promise<void> {
  await page.goto('/docs/launch?view=outline')
  await page.getByRole('tree', { name: 'Outline' }).getByRole('treeitem', { name: title }).click()
  await expect(field(page)).toBeVisible()
}

test('an agent is mentioned in a comment, and answers with one that both people see', async ({ page, context }) => {
  const other = await context.newPage()
  for (const each of [page, other]) await openCard(each, /^Who it is for/)
  await expect(chunk(page).getByRole('list', { name: 'Also here' })).toBeVisible()

  await page.bringToFront()
  // Letters in the outline are for its lines.
  await chunk(page).getByRole('heading', { name: 'History' }).click()
  await page.keyboard.press('m')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('Shorten this, @wri')
  await page.getByRole('option', { name: /@writer/ }).click()
  await expect(comments(page).getByText('writer will start')).toBeVisible()
  await page.keyboard.press('Enter')
  for (const each of [page, other]) {
    const answer = comments(each).getByRole('article', { name: 'Comment by writer' })
    await expect(answer.locator('strong', { hasText: 'shorter' })).toBeVisible()
    await expect(answer.getByRole('link', { name: 'its run' })).toBeVisible()
  }
  await expectAccessible(page, 'comments')
  await comments(page).getByRole('button', { name: 'Resolve' }).click()
  await expect(comments(other).getByRole('button', { name: /^Resolved/ })).toBeVisible()
})

test('what an agent asks about a card is answered on the card', async ({ page }) => {
  await openCard(page, /^Who it is for/)
  await comments(page).getByRole('button', { name: 'Ask an agent' }).click()
  const dialog = page.getByRole('dialog', { name: 'Ask an agent' })
  await dialog.getByRole('combobox', { name: 'Agent' }).selectOption('writer')
  await dialog.getByRole('textbox', { name: 'What it is to do' }).fill('Ask me how short')
  await expectAccessible(page, 'asking an agent')
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await atWork(page).getByRole('button', { name: 'Two lines' }).click()
  await expect(comments(page).getByText('Then Two lines.')).toBeVisible()
  await expect(atWork(page)).toBeHidden()
})

test('whoever is at work stands on the card, and is stopped there', async ({ page }) => {
  await openCard(page, /^Who it is for/)
  await field(page).fill('@writer think')
  await field(page).press('Enter')
  await expect(atWork(page).getByText('is at work')).toBeVisible()
  const line = page.getByRole('tree', { name: 'Outline' }).getByRole('treeitem', { name: /^Who it is for/ })
  await expect(line.getByRole('button', { name: /writer/ })).toBeVisible()
  await expectAccessible(page, 'an agent at work')
  await atWork(page).getByRole('button', { name: 'Stop writer' }).click()
  await expect(atWork(page)).toBeHidden()
  await expect(comments(page).getByText(/^I was stopped/)).toBeVisible()
})
