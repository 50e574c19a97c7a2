import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { expect, test } from './fixtures/test.ts'

const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
const panel = (page: Page) => page.getByRole('region', { name: 'Assistant' })
const field = (page: Page) => panel(page).getByRole('textbox', { name: 'Message' })
const cardPanel = (page: Page) => page.getByRole('region', { name: 'Chunk', exact: true })
const title = 'One board for people and agents'

test.describe('at a desk', () => {
  test.use({ viewport: { width: 1440, height: 900 } })

  test('by keyboard alone, the assistant moves the card that is selected, and everybody sees it', async ({
    page,
    context,
  }) => {
    const other = await context.newPage()
    for (const each of [page, other]) {
      await each.goto('/docs/launch')
      await expect(column(each, 'Scheduled').getByText(title)).toBeVisible()
    }
    await page.bringToFront()
    await page.getByRole('article', { name: new RegExp(`^${title}`) }).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('Alt+a')
    await expect(field(page)).toBeFocused()
    await expect(panel(page).getByText(`“${title}”`)).toBeVisible()
    await page.keyboard.type('Move it to drafted')
    await page.keyboard.press('Enter')
    for (const each of [page, other]) await expect(column(each, 'Drafted').getByText(title)).toBeVisible()
    await expect(
      panel(page)
        .getByText(/^I moved/)
        .first(),
    ).toBeVisible()
    await expect(page).toHaveURL(/[?&]assistant=(?!new)/)

    await page.keyboard.type('half a sentence')
    await page.reload()
    await expect(
      panel(page)
        .getByText(/^I moved/)
        .first(),
    ).toBeVisible()
    await expect(field(page)).toHaveValue('half a sentence')
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await expect(page.getByRole('grid')).toBeVisible()
    await expect(field(page)).toHaveValue('half a sentence')
    await page.keyboard.press('Alt+a')
    await expect(field(page)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
    await expect(page.getByRole('grid')).toBeFocused()
    await page.keyboard.press('Alt+a')
    await expect(field(page)).toHaveValue('half a sentence')
  })

  test('asks before it deletes, and is answered in place', async ({ page }) => {
    await page.goto('/docs/launch')
    await page.getByRole('article', { name: new RegExp(`^${title}`) }).click()
    await page.getByRole('button', { name: 'Assistant', exact: true }).click()
    await field(page).fill('Delete it')
    await field(page).press('Enter')
    await expect(panel(page).getByText('Waiting for you').first()).toBeVisible()
    await expectAccessible(page, 'a question of the assistant')
    await panel(page).getByRole('button', { name: 'Keep it' }).click()
    await expect(
      panel(page)
        .getByText(/stays as it is/)
        .first(),
    ).toBeVisible()
    await expect(column(page, 'Scheduled').getByText(title)).toBeVisible()
  })

  test('the card and the assistant share one place; where there is room for both, both are there', async ({ page }) => {
    await page.goto('/docs/launch')
    await page.getByRole('article', { name: new RegExp(`^${title}`) }).click()
    await expect(cardPanel(page)).toBeVisible()
    await page.keyboard.press('Alt+a')
    await expect(field(page)).toBeFocused()
    await expect(cardPanel(page)).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(cardPanel(page)).toBeVisible()
    await page.keyboard.press('Alt+a')
    await page.getByRole('article', { name: /^Install it in five minutes/ }).click()
    await expect(cardPanel(page)).toBeVisible()
    await expect(panel(page)).toBeHidden()
    await page.setViewportSize({ width: 1680, height: 900 })
    await page.keyboard.press('Alt+a')
    await expect(panel(page)).toBeVisible()
    await expect(cardPanel(page)).toBeVisible()
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true })

  test('the assistant is a sheet over the card, and what it writes is there when the sheet is closed', async ({
    page,
  }) => {
    await page.goto('/docs/launch?view=outline&q=people')
    await page.getByRole('treeitem', { name: new RegExp(`^${title}`) }).tap()
    await expect(cardPanel(page)).toBeVisible()
    await page.getByRole('button', { name: 'Assistant', exact: true }).tap()
    await expect(page.getByRole('dialog', { name: 'Assistant' })).toBeVisible()
    await expect(panel(page).getByText(`“${title}”`)).toBeVisible()
    await field(page).fill('Note: ask Ada about the picture')
    await panel(page).getByRole('button', { name: 'Send' }).tap()
    await expect(
      panel(page)
        .getByText(/^I added a sentence/)
        .first(),
    ).toBeVisible()
    const wide = await page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    await panel(page).getByRole('button', { name: 'Close the assistant' }).tap()
    await expect(cardPanel(page).getByText('ask Ada about the picture')).toBeVisible()
  })
})
