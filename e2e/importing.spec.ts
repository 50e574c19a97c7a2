import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/test.ts'

const boards = join(import.meta.dirname, '../fixtures/boards')
const board = (name: string) => join(boards, name)
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Import' })
const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })

test('a board of Trello is looked at, imported and taken along again as a table', async ({ page }) => {
  await page.goto('/docs')
  await page.getByRole('button', { name: 'Import' }).click()
  await dialog(page).getByLabel('Choose a file').setInputFiles(board('trello.json'))
  const preview = dialog(page).getByRole('region', { name: 'What will be made' })
  await expect(preview).toContainText('Garden show: 3 cards in 3 columns, 2 comments.')
  await expect(preview).toContainText('2 × archived cards')
  await dialog(page).getByLabel('Also what was archived').check()
  await expect(preview).toContainText('5 cards in 4 columns')
  await dialog(page).getByLabel('Also what was archived').uncheck()
  await expect(preview).toContainText('3 cards in 3 columns')
  await dialog(page).getByLabel('Path').fill('/docs/garden')
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).click()

  await expect(page).toHaveURL(/\/docs\/garden/)
  await expect(page.getByRole('heading', { name: 'Garden show' })).toBeVisible()
  await expect(column(page, 'To do').getByText('Order soil')).toBeVisible()
  await expect(column(page, 'Done').getByText('Find a name')).toBeVisible()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  await page.getByRole('menuitem', { name: /Cards of this view/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('garden.csv')
  const csv = readFileSync(await download.path(), 'utf8')
  expect(csv).toContain('title,status,tags,')
  expect(csv).toContain('\r\nOrder soil,to do,"plants, red",')
})

test('a pasted table is read by the columns one chooses, by keyboard', async ({ page }) => {
  await page.goto('/chat')
  await page.getByRole('button', { name: 'Find a chat, a document or a command' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('import')
  await expect(page.getByRole('option', { name: /^Import/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await dialog(page).getByLabel('Or paste a text').fill('Thing,Place\nBucket,Shed\nSpade,House\n')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const preview = dialog(page).getByRole('region', { name: 'What will be made' })
  await expect(preview).toContainText('2 cards in 3 columns')
  await dialog(page).getByLabel('Columns are made of').selectOption('Place')
  await expect(preview).toContainText('2 cards in 2 columns')
  await dialog(page).getByRole('button', { name: 'Import', exact: true }).press('Enter')
  await expect(column(page, 'Shed').getByText('Bucket')).toBeVisible()
})

test.describe('a file that is no board', () => {
  test.use({ toleratesComplaints: true })

  test('what cannot be read says why, and another file is chosen', async ({ page }) => {
    await page.goto('/docs')
    await page.getByRole('button', { name: 'Import' }).click()
    const choose = dialog(page).getByLabel('Choose a file')
    await choose.setInputFiles({
      name: 'a.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('PK, but no archive'),
    })
    await expect(dialog(page).getByRole('alert')).toContainText('“a.zip” was not taken')
    await choose.setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') })
    await expect(dialog(page).getByRole('alert')).toContainText('a board of Trello is')
    await expect(dialog(page).getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
    await dialog(page).getByRole('button', { name: 'Choose another' }).click()
    await choose.setInputFiles(board('obsidian-kanban.md'))
    await expect(dialog(page)).toContainText('obsidian-kanban: 5 cards in 3 columns')
  })
})
