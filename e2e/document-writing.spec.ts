import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './fixtures/test.ts'

const outline = (page: Page) => page.getByRole('tree', { name: 'Outline' })
const line = (page: Page, name: RegExp) => outline(page).getByRole('treeitem', { name })
const chunk = (page: Page) => page.getByRole('region', { name: 'Chunk', exact: true })
const saved = (page: Page) => chunk(page).getByText('Saved', { exact: true })

/** The same chunk in two browsers. */
async function both(page: Page, context: BrowserContext, name: RegExp): Promise<[Page, Page]> {
  const other = await context.newPage()
  for (const each of [page, other]) {
    await each.goto('/docs/launch')
    await line(each, name).click()
    await expect(chunk(each).getByRole('heading', { name })).toBeVisible()
  }
  return [page, other]
}

test('what one person writes, the other sees', async ({ page, context }) => {
  const [one, two] = await both(page, context, /^Who it is for/)

  await chunk(one).getByRole('button', { name: 'Edit the title' }).click()
  await chunk(one).getByRole('textbox', { name: 'Title' }).fill('Who it is made for')
  await one.keyboard.press('Enter')
  await expect(chunk(two).getByRole('heading', { name: 'Who it is made for' })).toBeVisible()
  await expect(line(two, /^Who it is made for/)).toBeVisible()
  await expect(saved(one)).toBeVisible()

  await one.screenshot({ path: '/tmp/shots/panel.png' })
  await chunk(one).getByRole('button', { name: 'Edit the text' }).click()
  await chunk(one).getByRole('textbox', { name: 'Text, in Markdown' }).fill('For people with **a server at home**.')
  await one.screenshot({ path: '/tmp/shots/body.png' })
  await chunk(one).getByRole('button', { name: 'Done' }).click()
  await expect(chunk(two).locator('strong', { hasText: 'a server at home' })).toBeVisible()

  await chunk(one).getByRole('combobox', { name: 'Status of this chunk' }).selectOption('drafted')
  await expect(line(two, /^Who it is made for/)).toContainText('drafted')
  await chunk(one).getByRole('combobox', { name: 'Add a tag' }).fill('audience')
  await one.keyboard.press('Enter')
  await expect(line(two, /^Who it is made for/)).toContainText('#audience')
  await chunk(one).getByRole('button', { name: 'Remove the tag audience' }).click()
  await expect(line(two, /^Who it is made for/)).not.toContainText('#audience')
  await one.screenshot({ path: '/tmp/shots/after.png' })
})
