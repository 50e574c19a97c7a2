import type { Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { expectAccessible } from './fixtures/accessible.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/test.ts'

// What is refused (a full column, words about a card that is on its way) is an answer, which browsers complain about.
test.use({ toleratesComplaints: true })

const column = (page: Page, name: RegExp) => page.getByRole('region', { name })
const card = (page: Page, name: RegExp) => page.getByRole('article', { name })
const cards = (page: Page, name: RegExp) => column(page, name).getByRole('article').getByRole('heading')

async function open(page: Page): Promise<void> {
  await page.goto('/docs/launch')
  await expect(column(page, /^Drafted/)).toBeVisible()
}

// Agents that work in its columns would move cards of their own accord.
test.beforeEach(async ({ runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { chunks = [] } = await client.document({ op: 'query_chunks', type: 'loom/board', include: ['fields'] })
  for (const { id, revision, fields = {} } of chunks) {
    const columns = (fields.columns as { agent?: string }[]).map(({ agent: _, ...column }) => column)
    await client.document({ op: 'update_chunk', id, revision, set_fields: { columns } })
  }
})

/** Takes a card up and moves it over another one, near its upper or lower edge. */
async function carry(page: Page, what: RegExp, over: RegExp, edge: 'above' | 'below'): Promise<void> {
  await card(page, what).hover()
  await page.mouse.down()
  const box = await card(page, over).boundingBox()
  if (!box) throw new Error('It is not to be seen.')
  const y = edge === 'above' ? box.y + 4 : box.y + box.height - 4
  await page.mouse.move(box.x + box.width / 2, y - 30, { steps: 6 })
  await page.mouse.move(box.x + box.width / 2, y, { steps: 4 })
}

test('a card is carried into another column, to its place there, and back with undo', async ({ page, runtime }) => {
  await open(page)
  await carry(page, /^Beta diary/, /^Install it/, 'above')
  await expect(page.locator('.bg-accent.h-0\\.5')).toBeVisible()
  await page.mouse.up()
  const first = ['One board for people and agents', 'Beta diary, first week', 'Install it in five minutes']
  await expect(cards(page, /^Scheduled, 13 cards/)).toContainText(first)
  await expect(column(page, /^Drafted, 3 cards/)).toBeVisible()

  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const stored = async () =>
    (await client.document({ op: 'query_chunks', status: 'scheduled', sort: 'rank', limit: 3 })).chunks?.map(
      ({ title }) => title,
    )
  await expect.poll(stored).toEqual(first)
  await page.reload()
  await expect(cards(page, /^Scheduled, 13 cards/)).toContainText(first)

  await carry(page, /^One board/, /^Install it/, 'below')
  await page.mouse.up()
  await expect(cards(page, /^Scheduled/).nth(2)).toHaveText('One board for people and agents')
  await card(page, /^One board/).focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(cards(page, /^Scheduled/).first()).toHaveText('One board for people and agents')
})

test('everything is done by keyboard', async ({ page }) => {
  await open(page)
  await card(page, /^What your agents may see/).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(card(page, /^One board/)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press(']')
  await expect(cards(page, /^Drafted, 5 cards/).last()).toHaveText('Install it in five minutes')
  await expect(card(page, /^Install it/)).toBeFocused()

  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText(/^Drafted, place 3 of/)).toBeAttached()
  await page.keyboard.press('Space')
  await expect(cards(page, /^Drafted/).nth(2)).toHaveText('Install it in five minutes')

  await page.keyboard.press('e')
  await page.keyboard.type('Install it at once')
  await page.keyboard.press('Enter')
  await expect(card(page, /^Install it at once/)).toBeFocused()
  await page.keyboard.press('l')
  await page.getByRole('textbox', { name: /^Tags/ }).fill('how-to, quick')
  await page.keyboard.press('Enter')
  await expect(card(page, /^Install it at once/)).toContainText('#quick')

  await page.keyboard.press('c')
  await page.keyboard.type('A second letter')
  await page.keyboard.press('Enter')
  await expect(cards(page, /^Drafted, 6 cards/).last()).toHaveText('A second letter')
  await page.keyboard.type('A third letter')
  await page.keyboard.press('Enter')
  await expect(cards(page, /^Drafted, 7 cards/).last()).toHaveText('A third letter')
  await page.keyboard.press('Escape')
  await expect(card(page, /^Install it at once/)).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Chunk', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Chunk', exact: true })).toBeHidden()
  await expect(card(page, /^Install it at once/)).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('tree', { name: 'Outline' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(column(page, /^Drafted, 7 cards/)).toBeVisible()
})

test('what an agent moves is seen at once, but for what one is on', async ({ page, runtime }) => {
  await open(page)
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { chunks = [] } = await client.document({ op: 'query_chunks', status: 'scheduled', sort: 'rank' })
  const [one, two] = chunks
  await client.document({ op: 'move_card', id: one!.id, status: 'posted' })
  await expect(cards(page, /^Posted, 3 cards/).last()).toHaveText('One board for people and agents')

  await card(page, /^Install it/).focus()
  await client.document({ op: 'move_card', id: two!.id, status: 'posted' })
  await expect(card(page, /^Install it/)).toContainText('moved this to Posted')
  await expect(cards(page, /^Scheduled/).first()).toHaveText('Install it in five minutes')
  await card(page, /^Install it/)
    .getByRole('button', { name: 'Follow' })
    .click()
  await expect(cards(page, /^Posted, 4 cards/).last()).toHaveText('Install it in five minutes')
  await expect(card(page, /^Install it/)).toBeFocused()
})

test('a full column says so, takes no more, and is set up for everybody', async ({ page, context }) => {
  const other = await context.newPage()
  await open(page)
  await open(other)
  await page.getByRole('button', { name: 'More for the column Drafted' }).click()
  await page.getByRole('menuitem', { name: 'Column settings…' }).click()
  await page.getByRole('spinbutton').fill('4')
  await page.getByRole('textbox', { name: 'What belongs here' }).fill('What a person should read.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(column(other, /^Drafted/).getByText('4/4')).toBeVisible()

  await card(other, /^One board/).focus()
  await other.keyboard.press('s')
  const refused = other.getByRole('menuitem', { name: /^Drafted/ })
  await expect(refused).toContainText('Drafted is full: it takes 4 cards.')
  await expect(refused).toBeDisabled()
  await other.keyboard.press('Escape')
  await expect(card(other, /^One board/)).toBeFocused()

  await carry(other, /^One board/, /^Beta diary/, 'above')
  await expect(column(other, /^Drafted/).getByText('Drafted is full: it takes 4 cards.')).toBeVisible()
  await other.mouse.up()
  await expect(column(other, /^Scheduled, 12 cards/)).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a column takes the screen, and a menu moves cards', async ({ page }) => {
    await page.goto('/docs/launch')
    await expect(column(page, /^Scheduled/)).toBeInViewport()
    await expect(page.getByText('1 of 3')).toBeVisible()
    await page.getByRole('button', { name: /column after$/ }).tap()
    await expect(column(page, /^Drafted/).getByRole('heading', { name: 'Drafted' })).toBeInViewport()
    await page.getByRole('button', { name: /column before$/ }).tap()
    await card(page, /^One board/)
      .getByRole('button', { name: 'More for this card' })
      .tap()
    await page.getByRole('menuitem', { name: 'Drafted' }).tap()
    await expect(column(page, /^Drafted, 5 cards/)).toBeAttached()
    await card(page, /^Install it/).tap()
    await expect(page.getByRole('heading', { name: 'Install it in five minutes', level: 2 })).toBeVisible()
    await page.getByRole('button', { name: 'Board', exact: true }).tap()
    await expect(card(page, /^Install it/)).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

test.describe('on a phone, with lanes', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a column takes the screen as well, and no title runs under the menu of its card', async ({ page, runtime }) => {
    const client = new LoomcycleClient({ baseUrl: runtime.url })
    const { document_id } = await client.document({ op: 'create_document', title: 'Chores' })
    const title = 'Something that takes more words to say than there are on a line'
    for (const status of ['scheduled', 'drafted', 'posted']) {
      await client.document({ op: 'create_chunk', document_id, title, status, fields: { where: 'Kitchen' } })
    }
    await page.goto(`/documents/${document_id}?view=board&lanes=field:where`)
    const seen = page.getByRole('list', { name: 'Scheduled' }).getByRole('article')
    await expect(seen).toBeVisible()
    const { width } = (await seen.boundingBox())!
    expect(width).toBeGreaterThan(320)
    const [words, menu] = await Promise.all(
      [seen.getByRole('heading'), seen.getByRole('button', { name: 'More for this card' })].map((part) =>
        part.evaluate((element) => {
          const range = document.createRange()
          range.selectNodeContents(element)
          return [range.getBoundingClientRect().right, element.getBoundingClientRect().left]
        }),
      ),
    )
    expect(words![0]).toBeLessThanOrEqual(menu![1]!)
    await page.getByRole('button', { name: /column after$/ }).tap()
    await expect(page.getByText('2 of 3')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Drafted', level: 2 })).toBeInViewport()
    await expect(page.getByRole('heading', { name: 'Scheduled', level: 2 })).not.toBeInViewport()
  })
})

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })

    test('a board has no accessibility violation', async ({ page }) => {
      await page.goto('/docs/launch')
      await expect(column(page, /^Scheduled/)).toBeAttached()
      await expectAccessible(page, 'a board')
      await column(page, /^Scheduled/)
        .getByRole('article')
        .first()
        .focus()
      await page.keyboard.press('x')
      await page.keyboard.press('.')
      await expect(page.getByRole('menuitem', { name: 'Edit the title' })).toBeVisible()
      await expectAccessible(page, 'the menu of a card')
      await page.keyboard.press('Escape')
      await page.keyboard.press('c')
      await expect(page.getByRole('textbox', { name: /^Title of the new card/ })).toBeFocused()
      await expectAccessible(page, 'a new card')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'More for the column Scheduled' }).click()
      await page.getByRole('menuitem', { name: 'Column settings…' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, 'the settings of a column')
    })
  })
}

test('many cards get a status at once: those that a full column does not take are named, the others are there', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id } = await client.document({ op: 'create_document', title: 'Chores' })
  const columns = [{ status: 'todo' }, { status: 'doing', title: 'Doing', limit: 2 }]
  const board = { natural_key: 'board:main', type: 'loom/board', title: 'Board', fields: { columns } }
  await client.document({ op: 'upsert_chunk', document_id, ...board })
  for (const title of ['One', 'Two', 'Three']) {
    await client.document({ op: 'create_chunk', document_id, title, status: 'todo' })
  }
  await page.goto(`/documents/${document_id}?view=board`)
  await card(page, /^One/).focus()
  for (const key of ['x', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
  const selected = page.getByRole('region', { name: 'Selected chunks' })
  await expect(selected.getByText('3 selected')).toBeVisible()
  await selected.getByRole('button', { name: 'Tags' }).click()
  await page.getByRole('textbox', { name: 'Find among tags' }).fill('home')
  await page.getByRole('button', { name: 'Add “home”' }).click()
  await page.keyboard.press('Escape')
  await expect(card(page, /^Three/).getByText('#home')).toBeVisible()

  await selected.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('checkbox', { name: 'Doing' }).click()
  const refused = page.getByRole('region', { name: 'Not changed' })
  await expect(refused.getByRole('button', { name: /^Three.*takes 2 cards/ })).toBeVisible()
  await expect(cards(page, /^Doing, 2/)).toHaveText(['One', 'Two'])
  await refused.getByRole('button', { name: 'Discard' }).click()
  await expect(cards(page, /^Todo, 1/)).toHaveText(['Three'])
  await page.getByRole('button', { name: 'Undo setting the status of 3 chunks' }).click()
  await expect(cards(page, /^Todo, 3/)).toHaveText(['One', 'Two', 'Three'])
})

test('a document without cards begins with one that is written', async ({ page, runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id } = await client.document({ op: 'create_document', title: 'Fresh' })
  await page.goto(`/documents/${document_id}?view=board`)
  await expect(page.getByRole('button', { name: 'Let an agent plan' })).toBeEnabled()
  await expectAccessible(page, 'an empty board')
  await page.getByRole('button', { name: 'Write a card' }).click()
  await page.getByRole('textbox', { name: 'Title of the new card in To do' }).fill('The first')
  await page.keyboard.press('Enter')
  await expect(cards(page, /^To do, 1/)).toHaveText(['The first'])
})
