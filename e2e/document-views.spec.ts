import type { Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { expect, test } from './fixtures/test.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Table' })
const row = (page: Page, name: RegExp) => grid(page).getByRole('row', { name })
const chip = (page: Page, name: RegExp) => page.getByRole('button', { name })

test('a table is written in by keyboard, and several rows at once, and all of it goes back', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const fieldsOf = async (title: string) => {
    const { document_id } = await client.document({ op: 'get_document', path: '/docs/launch' })
    const { chunks = [] } = await client.document({ op: 'query_chunks', document_id, include: ['fields'], limit: 100 })
    return chunks.find((chunk) => chunk.title === title)
  }
  await page.goto('/docs/launch?view=table&type=publication&sort=field%3Adate')
  await expect(row(page, /^Select Why we are building|Why we are building/)).toBeVisible()
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Status' }).selectOption('drafted')
  await expect.poll(async () => (await fieldsOf('Call for beta testers'))?.status).toBe('drafted')

  await grid(page).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  const selected = page.getByRole('region', { name: 'Selected chunks' })
  await expect(selected.getByText('3 selected')).toBeVisible()
  await selected.getByRole('button', { name: 'Tags' }).click()
  await page.getByRole('textbox', { name: 'Find among tags' }).fill('urgent')
  await page.getByRole('button', { name: 'Add “urgent”' }).click()
  await page.keyboard.press('Escape')
  await expect(row(page, /Beta diary/)).toContainText('#urgent')
  await page.getByRole('button', { name: 'Undo tagging 3 chunks' }).click()
  await expect(row(page, /Beta diary/)).not.toContainText('#urgent')
  await page.reload()
  await expect(row(page, /Beta diary/)).not.toContainText('#urgent')
})

test('a view is saved, and shows somebody else the same', async ({ page, context }) => {
  await page.goto('/docs/launch?view=table')
  await chip(page, /^Filter$/).click()
  await page.getByRole('menuitem', { name: 'date' }).click()
  await page.getByRole('combobox', { name: 'How it compares' }).selectOption('is before')
  await page.getByLabel('Value').fill('2026-06-10')
  await page.keyboard.press('Escape')
  await expect(chip(page, /^date is before 10 Jun 2026$/)).toBeVisible()
  await page.getByRole('columnheader', { name: 'Date' }).getByRole('button').click()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.keyboard.type('Early ones')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/saved=early-ones$/)

  const other = await context.newPage()
  await other.goto('/docs/launch')
  await other.getByRole('link', { name: 'Early ones' }).click()
  await expect(grid(other).getByRole('rowheader').first()).toContainText('Feature freeze')
  await expect(chip(other, /^date is before 10 Jun 2026$/)).toBeVisible()
  await other.getByRole('button', { name: /^Remove the filter date/ }).click()
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(chip(page, /^date is before/)).toHaveCount(0)
})

test('a chunk is dragged to another day of the calendar', async ({ page }) => {
  await page.goto('/docs/launch?view=calendar&day=2026-06-15')
  const from = page.getByRole('gridcell', { name: /^Wednesday,? 17 June/ })
  const to = page.getByRole('gridcell', { name: /^Friday,? 12 June/ })
  const item = from.getByRole('button', { name: /^Install it/ })
  await item.hover()
  await page.mouse.down()
  await to.hover()
  await to.hover()
  await page.mouse.up()
  await expect(to.getByRole('button', { name: /^Install it/ })).toBeVisible()
  await page.reload()
  await expect(to.getByRole('button', { name: /^Install it/ })).toBeVisible()
})

test('links are seen as a picture, gone through by arrows, and as a list', async ({ page }) => {
  await page.goto('/docs/launch?view=graph')
  const picture = page.getByRole('region', { name: 'Picture of the links' })
  await picture.getByRole('button', { name: /^Launch day/ }).focus()
  await page.keyboard.press('ArrowUp')
  const next = picture.locator('button:focus')
  await expect(next).toHaveCount(1)
  await expect(next).not.toHaveAccessibleName(/^Launch day/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/card=/)
  await page.getByText('List', { exact: true }).click()
  await expect(page.getByRole('region', { name: 'Links of Release candidate' })).toContainText('Launch day')
})

test('a document is read as a page, and its links lead within it', async ({ page }) => {
  await page.goto('/docs/launch?view=page')
  await expect(page.getByText('Both agents follow a script and need no model.')).toBeVisible()
  await page.goto('/docs/launch?view=page&q=release+candidate')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  const heading = page.getByRole('heading', { name: 'Release candidate' })
  await expect(async () => {
    await page.mouse.move(900, 500)
    await page.mouse.wheel(0, 400)
    await expect(heading).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.getByRole('link', { name: 'Launch day', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Launch day' })).toBeFocused()
  await expect(page).toHaveURL(/view=page$/)
})

test.describe('a question in SQL', () => {
  test.use({ toleratesComplaints: true })

  test('is answered with rows that open, or with what is wrong with it', async ({ page }) => {
    await page.goto('/docs/launch?view=outline')
    await page.getByRole('button', { name: 'SQL' }).click()
    await expect(page.getByText('23 rows')).toBeVisible()
    await page.getByRole('button', { name: /Launch thread/ }).click()
    await expect(page.getByRole('heading', { name: 'Launch thread' })).toBeVisible()
    await page.getByRole('textbox', { name: 'SQL' }).fill('delete from chunks')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByRole('alert')).toContainText(/SELECT/)
    await expect(page).toHaveURL(/sql=/)
  })
})
