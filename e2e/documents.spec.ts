import type { Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const outline = (page: Page) => page.getByRole('tree', { name: 'Outline' })
const line = (page: Page, name: RegExp) => outline(page).getByRole('treeitem', { name })
const chunk = (page: Page) => page.getByRole('region', { name: 'Chunk' })

test('the tree of documents is gone through by keyboard, down to a chunk and its history', async ({ page }) => {
  await page.goto('/chat')
  await page.getByRole('link', { name: 'Documents' }).click()
  const tree = page.getByRole('tree', { name: 'Documents' })
  await tree.focus()
  await expect(tree.getByRole('treeitem')).toHaveText(['docsFolder'])
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: 'launch' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/docs\/launch$/)
  await expect(page.getByRole('heading', { name: 'Launch plan' })).toBeVisible()
  await expect(page.getByText('47 chunks')).toBeVisible()

  await page.getByRole('link', { name: 'Outline' }).click()
  await outline(page).focus()
  await page.keyboard.type('goals')
  await page.keyboard.press('ArrowLeft')
  await expect(line(page, /^Who it is for/)).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/card=/)
  await expect(chunk(page).getByRole('heading', { name: 'Who it is for' })).toBeVisible()
  await expect(chunk(page).getByRole('region', { name: 'History' }).getByText('made it')).toBeVisible()
  await page.reload()
  await expect(chunk(page).getByRole('heading', { name: 'Who it is for' })).toBeVisible()
  await expect(line(page, /^Who it is for/)).toHaveAttribute('aria-selected', 'true')
})

test('a document is filtered, searched, linked to and taken along', async ({ page }) => {
  await page.goto('/docs/launch?view=outline')
  await expect(line(page, /^Launch plan/)).toBeVisible()
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitem', { name: 'Status' }).click()
  await page.getByRole('checkbox', { name: 'drafted' }).check()
  await expect(page).toHaveURL(/status=drafted/)
  await expect(page.getByText('4 of 47')).toBeVisible()
  await expect(line(page, /^Beta diary/)).toContainText('drafted')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page).toHaveURL(/\/docs\/launch\?view=outline$/)

  // In a text, not in a title.
  await page.keyboard.press('/')
  await page.keyboard.type('router')
  await expect(page).toHaveURL(/q=router/)
  await expect(line(page, /^Beta diary/)).toContainText('router')
  await expect(page.getByText(/^1 of 47$/)).toBeVisible()

  await line(page, /^Beta diary/).click()
  await expect(chunk(page).getByText('Three things the testers broke')).toBeVisible()
  await page.goto('/docs/launch?view=outline&q=why+we+are+building')
  await line(page, /^Why we are building/).click()
  await expect(chunk(page).getByRole('link', { name: 'alder.example/blog/why' })).toHaveAttribute('rel', /noopener/)
  await chunk(page).getByRole('link', { name: 'In one sentence' }).click()
  await expect(chunk(page).getByRole('heading', { name: 'In one sentence' })).toBeVisible()
  await expect(chunk(page).getByRole('heading', { name: 'Linked from' })).toBeVisible()

  await expect(page).toHaveURL(/\/docs\/launch\?/)
  await page.getByRole('button', { name: 'Download' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /Markdown/ }).click()
  expect((await download).suggestedFilename()).toBe('launch.md')
})

test('what an agent changes shows at once, with its name, and nothing moves under the pointer', async ({
  page,
  context,
}) => {
  await page.goto('/docs/launch?view=outline&type=publication')
  await expect(line(page, /^One board for people/)).toContainText('scheduled')
  await line(page, /^One board for people/).click()
  await expect(chunk(page).getByRole('heading', { name: 'One board for people and agents' })).toBeVisible()

  const other = await context.newPage()
  const chat = new Chat(other)
  await chat.open('/chat')
  await other.getByRole('combobox', { name: /agent/i }).selectOption('launch/drafter')
  await chat.say('Draft the next one')
  await chat.expectPhase('Your turn')

  await expect(line(page, /^One board for people/)).toContainText('drafted')
  await expect(line(page, /^One board for people/)).toContainText('changed by launch/drafter')
  await expect(chunk(page).getByText(/^Draft for video/)).toBeVisible()
  await expect(chunk(page).getByText(/^Changed by launch\/drafter/)).toBeVisible()
  await chunk(page)
    .getByRole('region', { name: 'History' })
    .getByRole('button', { name: /launch\/drafter changed/ })
    .click()
  await expect(chunk(page).getByText('scheduled → drafted')).toBeVisible()
})

test('what was added above does not move what one looks at', async ({ page, runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id, root_chunk_id } = await client.document({
    op: 'create_document',
    title: 'Long list',
    path: '/docs/long',
  })
  const markdown = Array.from({ length: 300 }, (_, i) => `# Item ${i + 1}\n\nText ${i + 1}\n`).join('\n')
  await client.document({ op: 'import_md', document_id, markdown })
  await page.goto('/docs/long')
  await expect(line(page, /^Item 1 r1$/)).toBeVisible()
  await outline(page).press('End')
  const last = line(page, /^Item 300/)
  await expect(last).toBeInViewport()
  const before = await last.boundingBox()

  await client.document({ op: 'create_chunk', document_id, parent_id: root_chunk_id, title: 'On top', position: 0 })
  await expect(page.getByText('You added “On top”')).toBeVisible()
  await expect(page.getByText('302 chunks')).toBeVisible()
  await expect.poll(async () => (await last.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
  await outline(page).press('Home')
  await expect(line(page, /^On top/)).toBeInViewport()
})

test('the palette goes to a document by name and to a chunk by its words', async ({ page }) => {
  await page.goto('/docs')
  await expect(page.getByRole('link', { name: /^Launch plan/ })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('launch pl')
  await page.getByRole('option', { name: 'Launch plan /docs/launch' }).click()
  await expect(page).toHaveURL(/\/docs\/launch$/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('router')
  await page.getByRole('option', { name: /Beta diary/ }).click()
  await expect(chunk(page).getByRole('heading', { name: /^Beta diary/ })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test('one list follows the other, and the way back is above it', async ({ page }) => {
    await page.goto('/docs')
    await page.getByRole('link', { name: 'docs', exact: false }).tap()
    await expect(page).toHaveURL(/\/docs\/~\/docs$/)
    await page.getByRole('link', { name: /^launch/ }).tap()
    await expect(page.getByRole('heading', { name: 'Launch plan' })).toBeVisible()
    await page.getByRole('link', { name: 'Outline' }).tap()
    await line(page, /^Message/).tap()
    await expect(chunk(page).getByRole('heading', { name: 'Message' })).toBeFocused()
    await expect(outline(page)).toBeHidden()
    await chunk(page).getByRole('button', { name: 'In one sentence' }).tap()
    await expect(chunk(page).getByRole('heading', { name: 'In one sentence' })).toBeVisible()
    await page.goBack()
    await expect(chunk(page).getByRole('heading', { name: 'Message' })).toBeVisible()
    await chunk(page).getByRole('button', { name: 'Outline' }).tap()
    await expect(outline(page)).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'docs' }).tap()
    await expect(page.getByRole('link', { name: /^launch/ })).toBeVisible()
  })
})

test.describe('a path that nothing has', () => {
  test.use({ toleratesComplaints: true })

  test('says so, and where there is something', async ({ page }) => {
    await page.goto('/docs/no-such.md')
    await expect(page.getByText('Nothing is called that')).toBeVisible()
    await page.getByRole('link', { name: 'See what there is' }).click()
    await expect(page.getByRole('link', { name: /Launch plan/ })).toBeVisible()
  })
})
