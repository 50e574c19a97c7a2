import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ toleratesComplaints: true })

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })

    test('documents have no accessibility violation', async ({ page }) => {
      await page.goto('/docs')
      await expect(page.getByRole('link', { name: width < 768 ? /^docs/ : /^Launch plan/ })).toBeVisible()
      await expectAccessible(page, 'the documents')
      await page.goto('/docs/~/docs')
      await expect(page.getByRole('link', { name: /^launch/ })).toBeVisible()
      await expectAccessible(page, 'a folder')
      await page.goto('/docs/launch?view=outline')
      await expect(page.getByRole('treeitem', { name: /^Launch plan/ })).toBeVisible()
      await expectAccessible(page, 'a document')
      await page.goto('/docs/launch?view=outline&q=board&status=scheduled')
      await expect(page.getByText('3 of 47')).toBeVisible()
      await expect(page.getByRole('treeitem', { name: /^A reporter/ })).toBeVisible()
      await expectAccessible(page, 'a filter')
      await page.getByRole('treeitem', { name: /^One board/ }).click()
      await expect(page.getByRole('region', { name: 'History' }).getByText('made it')).toBeVisible()
      await expectAccessible(page, 'a chunk')
      await page.goto('/docs/launch?assistant=new')
      const assistant = page.getByRole('region', { name: 'Assistant' })
      await expect(assistant.getByRole('combobox', { name: 'Agent' })).toBeVisible()
      await expectAccessible(page, 'the assistant')
      await assistant.getByRole('button', { name: 'What is this?' }).click()
      await expect(assistant.getByText(/^This is/).first()).toBeVisible()
      await expectAccessible(page, 'what the assistant said')
      await page.goto('/docs/launch?view=outline&q=xylophone')
      await expect(page.getByText('No chunk fits')).toBeVisible()
      await expectAccessible(page, 'nothing found')
      await page.goto('/docs/nope')
      await expect(page.getByText('Nothing is called that')).toBeVisible()
      await expectAccessible(page, 'no such path')
    })

    test('the views of a document have no accessibility violation', async ({ page }) => {
      const isNarrow = width < 768
      await page.goto('/docs/launch?view=table')
      await page
        .getByRole('checkbox', { name: /^Select (?!all)/ })
        .first()
        .check()
      await expect(page.getByText('1 selected')).toBeVisible()
      await expectAccessible(page, 'a table')
      await page.goto('/docs/launch?view=calendar&day=2026-06-15')
      await expect(page.getByText('June 2026', { exact: true })).toBeVisible()
      await expectAccessible(page, 'a calendar')
      await page.goto('/docs/launch?view=graph')
      await expect(page.getByRole('button', { name: /links?$|^Release candidate/ }).first()).toBeVisible()
      await expectAccessible(page, 'a graph')
      await page.goto('/docs/launch?view=page')
      await expect(page.getByRole('heading', { name: 'Goals' })).toBeVisible()
      await expectAccessible(page, 'a page')
      await page.goto(`/docs/launch?sql=${encodeURIComponent('select id, title from chunks limit 5')}`)
      await expect(page.getByText('5 rows')).toBeVisible()
      await expectAccessible(page, 'a question')
      const where = encodeURIComponent(JSON.stringify([{ field: 'date', is: 'eq', value: 'overdue' }]))
      await page.goto(`/docs/launch?view=outline&where=${where}`)
      await page.getByRole('button', { name: isNarrow ? /^Filter/ : 'date is overdue', exact: !isNarrow }).click()
      await expect(page.getByRole('combobox', { name: 'How it compares' })).toBeVisible()
      await expectAccessible(page, 'a condition')
    })

    test('documents in a chat have no accessibility violation', async ({ page }) => {
      const chat = new Chat(page)
      await chat.open()
      await page.getByRole('combobox', { name: 'Agent' }).selectOption('launch/drafter')
      await chat.message.fill('Draft the next of @launch')
      await expect(page.getByRole('option', { name: /^Launch plan/ })).toBeVisible()
      await expectAccessible(page, 'mentions')
      await page.getByRole('option', { name: /^Launch plan/ }).click()
      await chat.message.press('Control+Enter')
      await chat.expectPhase('Your turn')
      await chat.tool(/Document query chunks/).click()
      await expect(chat.conversation.getByRole('table').first()).toBeVisible()
      await chat.tool(/Document update chunk/).click()
      await expect(chat.conversation.getByText('status scheduled → drafted')).toBeVisible()
      await expectAccessible(page, 'tool calls on documents')
    })
  })
}
