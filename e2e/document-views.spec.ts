import type { Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { expect, test } from './fixtures/test.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Table' })
const row = (page: Page, name: RegExp) => grid(page).getByRole('row', { name })
const chip = (page: Page, name: RegExp) => page.getByRole('button', { name })

/** A document whose days are always the same. */
async function aTrip(url: string): Promise<void> {
  const client = new LoomcycleClient({ baseUrl: url })
  const { document_id, root_chunk_id: parent_id } = await client.document({
    op: 'create_document',
    title: 'Trip',
    path: '/docs/trip',
  })
  await client.document({ op: 'define_type', document_id, name: 'stop', fields: [{ name: 'day', kind: 'date' }] })
  const stops = [
    { title: 'Pack', fields: { day: '2026-06-03' }, body: 'Then on to [[Arrive]].' },
    { title: 'Leave', fields: { day: '2026-06-17' }, body: 'Early.' },
    { title: 'Arrive', fields: { day: '2026-06-18' }, body: 'Late.' },
  ]
  for (const stop of stops) {
    await client.document({ op: 'create_chunk', document_id, parent_id, type: 'stop', status: 'open', ...stop })
  }
}

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

test('a view is saved, and shows somebody else the same', async ({ page, context, runtime }) => {
  await aTrip(runtime.url)
  await page.goto('/docs/trip?view=table')
  await chip(page, /^Filter$/).click()
  await page.getByRole('menuitem', { name: 'day' }).click()
  await page.getByRole('combobox', { name: 'How it compares' }).selectOption('is before')
  await page.getByLabel('Value').fill('2026-06-18')
  await page.keyboard.press('Escape')
  await expect(chip(page, /^day is before 18 Jun 2026$/)).toBeVisible()
  const head = page.getByRole('columnheader', { name: 'day' }).getByRole('button')
  await head.click()
  await head.click()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.keyboard.type('Early ones')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/saved=early-ones$/)

  const other = await context.newPage()
  await other.goto('/docs/trip')
  await other.getByRole('link', { name: 'Early ones' }).click()
  await expect(grid(other).getByRole('rowheader')).toHaveText([/^Leave/, /^Pack/])
  await other.getByRole('button', { name: /^Remove the filter day/ }).click()
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(chip(page, /^day is before/)).toHaveCount(0)
  await expect(grid(page).getByRole('rowheader')).toHaveText([/^Arrive/, /^Leave/, /^Pack/])
})

test('a chunk is dragged to another day of the calendar', async ({ page, runtime }) => {
  await aTrip(runtime.url)
  await page.goto('/docs/trip?view=calendar&day=2026-06-15')
  const from = page.getByRole('gridcell', { name: /^Wednesday,? 17 June/ })
  const to = page.getByRole('gridcell', { name: /^Friday,? 12 June/ })
  await from.getByRole('button', { name: /^Leave/ }).hover()
  await page.mouse.down()
  await to.hover()
  await to.hover()
  await page.mouse.up()
  await expect(to.getByRole('button', { name: /^Leave/ })).toBeVisible()
  await page.reload()
  await expect(to.getByRole('button', { name: /^Leave/ })).toBeVisible()
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

test('a document is read as a page, and its links lead within it', async ({ page, runtime }) => {
  await aTrip(runtime.url)
  await page.goto('/docs/trip?view=page')
  await expect(page.getByText('Late.')).toBeVisible()
  await page.getByRole('link', { name: 'Arrive', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Arrive' })).toBeFocused()
  await expect(page).toHaveURL(/view=page$/)
})

test.describe('a question in SQL', () => {
  test.use({ toleratesComplaints: true })

  test('is answered with rows that open, or with what is wrong with it', async ({ page, runtime }) => {
    await aTrip(runtime.url)
    await page.goto('/docs/trip?view=outline')
    await page.getByRole('button', { name: 'SQL' }).click()
    await expect(page.getByText('3 rows')).toBeVisible()
    await page.getByRole('button', { name: /Leave/ }).click()
    await expect(page.getByRole('heading', { name: 'Leave' })).toBeVisible()
    await page.getByRole('textbox', { name: 'SQL' }).fill('delete from chunks')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByRole('alert')).toContainText(/only reads/)
    await expect(page).toHaveURL(/sql=/)
  })
})

test('a timeline has what lasts from week to week, and a bar that is dragged keeps its length', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id } = await client.document({ op: 'create_document', title: 'Building' })
  const fields = { start: '2026-06-08', due: '2026-06-17' }
  await client.document({
    op: 'define_type',
    document_id,
    name: 'step',
    fields: ['start', 'due'].map((name) => ({ name, kind: 'date' as const })),
  })
  const { id } = await client.document({ op: 'create_chunk', document_id, title: 'Walls', type: 'step', fields })
  await page.goto(`/documents/${document_id}?view=calendar&span=timeline&day=2026-06-15&date=due`)
  const bar = page.getByTitle(/^Walls, 8.*17 Jun 2026/)
  const box = (await bar.boundingBox())!
  await page.mouse.move(box.x + 20, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 10, { steps: 4 })
  await page.mouse.move(box.x + 20 + 16 * 5, box.y + 12, { steps: 4 })
  await page.mouse.up()
  const now = async () => (await client.document({ op: 'get_chunk', id })).fields
  await expect.poll(now).toMatchObject({ start: '2026-06-13', due: '2026-06-22' })
  await page
    .getByRole('button', { name: /^Walls/ })
    .first()
    .focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(now).toMatchObject({ start: '2026-06-06', due: '2026-06-15' })
  await expect(page.getByRole('button', { name: /^Walls/ }).first()).toBeFocused()
})

test('columns of a table are made wider by hand, and are so after a reload', async ({ page }) => {
  await page.goto('/docs/launch?view=table')
  const title = page.getByRole('columnheader', { name: /Title/ })
  const before = (await title.boundingBox())!
  await page.mouse.move(before.x + before.width - 0.5, before.y + 10)
  await page.mouse.down()
  await page.mouse.move(before.x + before.width + 63.5, before.y + 10, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/widths=/)
  await expect(page.getByRole('button', { name: 'Save view' })).toBeVisible()
  await page.reload()
  await expect.poll(async () => Math.round((await title.boundingBox())!.width - before.width)).toBe(64)
})
