import { cpSync, renameSync, rmSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/test.ts'

const outline = (page: Page) => page.getByRole('tree', { name: 'Outline' })
const line = (page: Page, name: RegExp) => outline(page).getByRole('treeitem', { name })
const chunk = (page: Page) => page.getByRole('region', { name: 'Chunk', exact: true })
const heading = (page: Page, name: string | RegExp) => chunk(page).getByRole('heading', { name })
const saved = (page: Page) => chunk(page).getByText('Saved', { exact: true })
const text = (page: Page) => chunk(page).getByRole('textbox', { name: 'Text, in Markdown' })
const button = (page: Page, name: string) => chunk(page).getByRole('button', { name })

// A conflict is an answer of its own, and a network that is gone is one on purpose: browsers complain about both.
test.use({ toleratesComplaints: true })

/** As a hand does it: what is drawn anew meanwhile may not give way. */
async function pressSlowly(page: Page, what: Locator): Promise<void> {
  await what.hover()
  await page.mouse.down()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await page.mouse.up()
}

/** The same chunk in two browsers. */
async function both(page: Page, context: BrowserContext, name: RegExp): Promise<[Page, Page]> {
  const other = await context.newPage()
  for (const each of [page, other]) {
    await each.goto('/docs/launch?view=outline')
    await line(each, name).click()
    await expect(heading(each, name)).toBeVisible()
  }
  return [page, other]
}

async function titles(page: Page, from: string, many: number): Promise<string[]> {
  const all = await outline(page).getByRole('treeitem').locator('.text-sm').allTextContents()
  return all.slice(all.indexOf(from), all.indexOf(from) + many)
}

test('what one person writes, the other sees', async ({ page, context }) => {
  const [one, two] = await both(page, context, /^Who it is for/)

  await button(one, 'Edit the title').click()
  await chunk(one).getByRole('textbox', { name: 'Title' }).fill('Who it is made for')
  await one.keyboard.press('Enter')
  await expect(heading(two, 'Who it is made for')).toBeVisible()
  await expect(line(two, /^Who it is made for/)).toBeVisible()
  await expect(saved(one)).toBeVisible()

  await one.getByRole('region', { name: 'History' }).click()
  await one.keyboard.press('e')
  await text(one).fill('For people with **a server at home**.')
  await one.keyboard.press('Control+Enter')
  await expect(chunk(two).locator('strong', { hasText: 'a server at home' })).toBeVisible()

  await chunk(one).getByRole('combobox', { name: 'Status of this chunk' }).selectOption('drafted')
  await expect(line(two, /^Who it is made for/)).toContainText('drafted')
  await chunk(one).getByRole('combobox', { name: 'Add a tag' }).fill('team')
  await one.keyboard.press('Enter')
  await expect(line(two, /^Who it is made for/)).toContainText('#team')
  await button(one, 'Remove the tag team').click()
  await expect(line(two, /^Who it is made for/)).not.toContainText('#team')

  await one.getByRole('button', { name: /^Undo changing tags/ }).click()
  await expect(line(two, /^Who it is made for/)).toContainText('#team')
  await outline(one).focus()
  await one.keyboard.press('Control+z')
  await expect(line(two, /^Who it is made for/)).not.toContainText('#team')
})

test('fields are edited as what they are', async ({ page, context }) => {
  const [one, two] = await both(page, context, /^Release candidate/)
  const due = chunk(one)
    .getByLabel(/date|due/)
    .first()
  await due.fill('2027-01-15')
  await due.blur()
  await expect(line(two, /^Release candidate/)).toContainText('Jan 15')
  await one.reload()
  await expect(
    chunk(one)
      .getByLabel(/date|due/)
      .first(),
  ).toHaveValue('2027-01-15')
})

test('chunks come, move and go for both, by keyboard', async ({ page, context }) => {
  const [one, two] = await both(page, context, /^Who it is for/)
  await outline(one).focus()
  await one.keyboard.type('who')
  await one.keyboard.press('Insert')
  await expect(one.getByRole('dialog', { name: 'Add a chunk' })).toContainText('below “Who it is for”')
  await one.keyboard.type('Who it is not for')
  await one.keyboard.press('Enter')
  await expect(heading(one, 'Who it is not for')).toBeVisible()
  for (const each of [one, two]) {
    await expect
      .poll(() => titles(each, 'Who it is for', 3))
      .toEqual(['Who it is for', 'Who it is not for', 'What success looks like'])
  }

  await outline(one).focus()
  await one.keyboard.press('Alt+ArrowUp')
  for (const each of [one, two]) {
    await expect.poll(() => titles(each, 'Who it is not for', 2)).toEqual(['Who it is not for', 'Who it is for'])
  }
  await one.keyboard.press('Alt+ArrowDown')
  await one.keyboard.press('Alt+ArrowRight')
  await expect(line(two, /^Who it is not for/)).toHaveAttribute('aria-level', '4')
  await one.keyboard.press('Alt+ArrowLeft')
  await expect(line(two, /^Who it is not for/)).toHaveAttribute('aria-level', '3')

  await one.keyboard.press('Delete')
  await expect(line(one, /^Who it is not for/)).toBeHidden()
  await one.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(line(one, /^Who it is not for/)).toBeVisible()
  await line(one, /^Who it is not for/).click()
  await button(one, 'More for this chunk').click()
  await one.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(line(one, /^Who it is not for/)).toBeHidden()
  await expect(line(two, /^Who it is not for/)).toBeHidden({ timeout: 20_000 })
})

for (const choice of ['Keep what is here', 'Take what is saved']) {
  test(`two people write the same text: ${choice}`, async ({ page, context }) => {
    const [one, two] = await both(page, context, /^Who it is for/)
    for (const each of [one, two]) await button(each, 'Edit the text').click()
    // However long it takes, the other one is first.
    const first = Promise.withResolvers<void>()
    await one.route('**/v1/_document', async (route) => {
      if (route.request().postDataJSON()?.op === 'update_chunk') await first.promise
      await route.continue()
    })
    await text(one).fill('Mine, at length.')
    await text(two).fill('Theirs.')
    await button(two, 'Done').click()
    await expect(saved(two)).toBeVisible()
    first.resolve()

    const versions = chunk(one).getByRole('region', { name: 'Two versions of the text' })
    await expect(versions).toContainText('changed the same text')
    await expect(versions).toContainText('Theirs.')
    await expect(text(one)).toContainText('Mine, at length.')
    // What is undecided is there again after a reload.
    await one.reload()
    await expect(versions).toBeVisible()
    await expect(text(one)).toContainText('Mine, at length.')
    await versions.getByRole('button', { name: choice }).click()
    await expect(versions).toBeHidden()
    const won = choice === 'Keep what is here' ? 'Mine, at length.' : 'Theirs.'
    await expect(chunk(two).getByText(won, { exact: true })).toBeVisible()
    await expect(saved(one)).toBeVisible()
  })
}

test('an agent rewrites the other parts of a chunk while one types in it', async ({ page, runtime }) => {
  await page.goto('/docs/launch?view=outline')
  await line(page, /^Who it is for/).click()
  await button(page, 'Edit the text').click()
  await text(page).fill('')
  const id = new URL(page.url()).searchParams.get('card')?.replaceAll('"', '') ?? ''
  const other = new LoomcycleClient({ baseUrl: runtime.url })
  const words = 'Typed while somebody else is at it, without losing a letter.'
  for (const [i, word] of words.split(' ').entries()) {
    await page.keyboard.type(i === 0 ? word : ` ${word}`)
    const { revision } = await other.document({ op: 'get_chunk', id })
    // One of both is first; whoever is not reads again.
    await other.document({ op: 'update_chunk', id, revision, status: `s${i}` }).catch(() => {})
  }
  await expect(text(page)).toHaveText(words)
  await expect(text(page)).toBeFocused()
  await button(page, 'Done').click()
  await expect(saved(page)).toBeVisible()
  await expect.poll(async () => (await other.document({ op: 'get_chunk', id })).body).toBe(words)
})

test('what is typed is kept when the page or the network goes', async ({ page, context }) => {
  await page.goto('/docs/launch?view=outline')
  await line(page, /^Who it is for/).click()
  await button(page, 'Edit the text').click()
  await text(page).fill('Typed just before the reload.')
  await page.reload()
  await expect(chunk(page).getByText('Typed just before the reload.')).toBeVisible()

  await button(page, 'Edit the text').click()
  await context.setOffline(true)
  await text(page).fill('Typed in the tunnel.')
  await button(page, 'Done').click()
  await expect(chunk(page).getByText('Waiting to be saved')).toBeVisible()
  await context.setOffline(false)
  await expect(saved(page)).toBeVisible({ timeout: 30_000 })
  await page.reload()
  await expect(chunk(page).getByText('Typed in the tunnel.')).toBeVisible()
})

test('what was written offline is saved from another page, and shown where its document is gone', async ({
  page,
  context,
  runtime,
}) => {
  const other = new LoomcycleClient({ baseUrl: runtime.url })
  const elsewhere = await context.newPage()
  await page.goto('/docs/launch?view=outline')
  await line(page, /^Who it is for/).click()
  await button(page, 'Edit the text').click()
  const id = new URL(page.url()).searchParams.get('card')?.replaceAll('"', '') ?? ''
  await context.setOffline(true)
  await text(page).fill('Typed in the tunnel.')
  await page.close()
  await context.setOffline(false)
  await elsewhere.goto('/chat')
  await expect.poll(async () => (await other.document({ op: 'get_chunk', id })).body).toBe('Typed in the tunnel.')

  await elsewhere.goto(`/docs/launch?view=outline&card=${id}`)
  await button(elsewhere, 'Edit the text').click()
  await text(elsewhere).fill('Typed for nobody.')
  await other.document({ op: 'delete_document', path: '/docs/launch' })
  await expect(elsewhere.getByText(/^This document has been deleted\./)).toBeVisible()
  await elsewhere.goto('/chat')
  await elsewhere.getByRole('link', { name: /^Documents.*1 not saved$/ }).click()
  const words = elsewhere.getByRole('region', { name: 'Words that are kept' })
  await expect(words).toContainText('Typed for nobody.')
  await words.getByRole('button', { name: 'Discard' }).click()
  await expect(words).toBeHidden()
  await expect(elsewhere.getByRole('link', { name: /not saved/ })).toBeHidden()
})

test('a page that is open while a backup is restored goes on from that', async ({ page, runtime }) => {
  const other = new LoomcycleClient({ baseUrl: runtime.url })
  const backup = `${runtime.dataDir}-backup`
  await page.goto('/docs/launch?view=outline')
  await line(page, /^Who it is for/).click()
  const id = new URL(page.url()).searchParams.get('card')?.replaceAll('"', '') ?? ''
  await expect(heading(page, 'Who it is for')).toBeVisible()
  await runtime.kill()
  cpSync(runtime.dataDir, backup, { recursive: true })
  await runtime.restart()
  const status = chunk(page).getByRole('combobox', { name: 'Status of this chunk' })
  // The other columns have agents that would begin to work.
  for (const value of ['drafted', '', 'drafted']) {
    await status.selectOption(value)
    await expect(saved(page)).toBeVisible({ timeout: 30_000 })
  }
  await runtime.kill()
  await status.selectOption('posted')
  await button(page, 'Edit the text').click()
  await text(page).fill('Typed while it was away.')
  rmSync(runtime.dataDir, { recursive: true })
  renameSync(backup, runtime.dataDir)
  await runtime.restart()
  // It says something else now than what the status was changed from.
  await chunk(page).getByRole('button', { name: 'Keep what is here' }).click({ timeout: 30_000 })
  await expect(saved(page)).toBeVisible({ timeout: 30_000 })
  expect(await other.document({ op: 'get_chunk', id })).toMatchObject({
    status: 'posted',
    body: 'Typed while it was away.',
  })
  // What others do from now on is heard.
  const { revision } = await other.document({ op: 'get_chunk', id })
  await other.document({ op: 'update_chunk', id, revision, title: 'Who it is made for' })
  await expect(line(page, /^Who it is made for/)).toBeVisible()
})

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })

    test('writing has no accessibility violation', async ({ page, context, runtime }) => {
      const look = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect.soft(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])
      }
      await page.goto('/docs/launch?view=outline&type=milestone')
      await line(page, /^Release candidate/).click()
      await expect(heading(page, 'Release candidate')).toBeVisible()
      await expect(chunk(page).getByRole('combobox', { name: 'Status of this chunk' })).toHaveValue('')
      await look('a chunk')
      await button(page, 'Edit the title').click()
      await look('its title')
      await page.keyboard.press('Escape')
      await button(page, 'More for this chunk').click()
      await look('its menu')
      await page.getByRole('menuitem', { name: 'Add a chunk below' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look('a new chunk')
      await page.keyboard.press('Escape')

      await chunk(page)
        .getByRole('button', { name: /^(?:Edit the|Write a) text$/ })
        .click()
      await text(page).fill('Mine.')
      const id = new URL(page.url()).searchParams.get('card')?.replaceAll('"', '') ?? ''
      const other = new LoomcycleClient({ baseUrl: runtime.url })
      const { revision } = await other.document({ op: 'get_chunk', id })
      await other.document({ op: 'update_chunk', id, revision, body: 'Theirs.', title: 'Candidate' })
      await expect(chunk(page).getByRole('region', { name: 'Two versions of the text' })).toContainText('Theirs.')
      await look('two versions')
      const versions = chunk(page).getByRole('region', { name: 'Two versions of the text' })
      await pressSlowly(page, versions.getByRole('button', { name: 'Take what is saved' }))
      await expect(versions).toBeHidden()

      await context.setOffline(true)
      await text(page).fill('Later.')
      await button(page, 'Done').click()
      await expect(chunk(page).getByRole('alert')).toContainText('This waits to be saved.')
      await look('no network')
      await context.setOffline(false)
      await expect(saved(page)).toBeVisible({ timeout: 30_000 })

      await button(page, 'More for this chunk').click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect(page.getByText('“Candidate” is deleted')).toBeVisible()
      await look('deleted')
    })
  })
}
