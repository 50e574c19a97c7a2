import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { expect, test } from './fixtures/test.ts'

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADAgH/p9s8GQAAAABJRU5ErkJggg==',
  'base64',
)

test.use({
  runtimeOptions: {
    config: { volumes: { work: { path: 'work', mode: 'rw', default: true, dynamic_root: true } } },
    files: {
      'work/readme.md': '# The loom\n\nIt *weaves*.\n',
      'work/src/lib/thread.ts': 'export const length = 12\n',
      'work/src/logo.png': picture,
      'work/src/nothing.bin': Buffer.from([0, 1, 2, 0]),
    },
  },
})

const volumes = (page: Page) => page.getByRole('list', { name: 'Volumes' })
const files = (page: Page) => page.getByRole('list', { name: 'Files' })
const way = (page: Page) => page.getByRole('navigation', { name: 'Path' })

test('files of a volume are found by keyboard, folder by folder, and shown as what they are', async ({ page }) => {
  await page.goto('/volumes')
  await expect(volumes(page).getByRole('link', { name: /^work/ })).toContainText('Configured')
  await expectAccessible(page, 'volumes')
  await volumes(page).getByRole('link', { name: /^work/ }).press('Enter')
  await expect(files(page).getByRole('listitem').first()).toContainText('src')
  await expectAccessible(page, 'a volume')
  await files(page).getByRole('link', { name: /^src/ }).press('Enter')
  await files(page).getByRole('link', { name: /^lib/ }).press('Enter')
  await files(page)
    .getByRole('link', { name: /^thread\.ts/ })
    .press('Enter')
  await expect(page.getByRole('article', { name: 'src/lib/thread.ts' })).toContainText('export const length = 12')
  await expectAccessible(page, 'a file')
  await page.reload()
  await expect(page.getByRole('article', { name: 'src/lib/thread.ts' })).toBeVisible()

  await way(page).getByRole('link', { name: 'src' }).click()
  await files(page)
    .getByRole('link', { name: /^logo\.png/ })
    .click()
  const drawn = page.getByRole('img', { name: 'src/logo.png' })
  await expect.poll(() => drawn.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  await page.goBack()
  await files(page)
    .getByRole('link', { name: /^nothing\.bin/ })
    .click()
  await expect(page.getByText('This is not a text')).toBeVisible()

  await way(page).getByRole('link', { name: 'work' }).click()
  await files(page)
    .getByRole('link', { name: /^readme\.md/ })
    .click()
  await expect(page.getByRole('heading', { name: 'The loom' })).toBeVisible()
  await page.getByText('Source', { exact: true }).click()
  await expect(page.getByRole('article').getByText('# The loom')).toBeVisible()
})

test.describe('a volume that is made', () => {
  // A refusal is an answer that browsers complain of.
  test.use({ toleratesComplaints: true })

  test('is empty, has what is put into it, and is removed with or without that', async ({ page, runtime }) => {
    const folder = join(runtime.configDir, 'work', 'default', 'drafts')
    await page.goto('/volumes')
    const make = async (name: string) => {
      await page.getByRole('button', { name: 'New volume' }).click()
      await page.getByRole('dialog').getByLabel('Name').fill(name)
      await page.keyboard.press('Enter')
    }
    await make('work')
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('It was not made.')
    await expectAccessible(page, 'a volume that was not made')
    await page.keyboard.press('Escape')
    await make('drafts')
    await volumes(page)
      .getByRole('link', { name: /^drafts/ })
      .click()
    await expect(page.getByText('There is nothing in here')).toBeVisible()

    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'letter.txt'), 'Dear landlord')
    await page.reload()
    await files(page)
      .getByRole('link', { name: /^letter\.txt/ })
      .click()
    await expect(page.getByRole('article', { name: 'letter.txt' })).toContainText('Dear landlord')

    await page.getByRole('link', { name: 'All volumes' }).click()
    const remove = async (how: string) => {
      await page.getByRole('button', { name: 'Actions for drafts' }).press('Enter')
      await page.getByRole('menuitem', { name: how }).press('Enter')
    }
    await remove('Remove, and keep its files')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(volumes(page).getByRole('link', { name: /^drafts/ })).toBeHidden()
    expect(existsSync(join(folder, 'letter.txt'))).toBe(true)

    await make('drafts')
    await expect(volumes(page).getByRole('link', { name: /^drafts/ })).toBeVisible()
    await remove('Remove with its files')
    const dialog = page.getByRole('dialog', { name: 'Remove drafts with its files?' })
    await expect(dialog.getByRole('button', { name: 'Remove with its files' })).toBeDisabled()
    await expectAccessible(page, 'removing a volume')
    await dialog.getByRole('textbox').fill('drafts')
    await page.keyboard.press('Enter')
    await expect(volumes(page).getByRole('link', { name: /^drafts/ })).toBeHidden()
    expect(existsSync(folder)).toBe(false)
    await expect(volumes(page).getByRole('link', { name: /^work/ })).toBeVisible()
  })
})
