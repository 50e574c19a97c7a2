import type { Page } from '@playwright/test'
import { LoomcycleClient, type TeamGraph } from '../packages/client/src/index.ts'
import { expectAccessible } from './fixtures/accessible.ts'
import { expect, test } from './fixtures/test.ts'

const agent = { provider: 'scripted', system_prompt: '', tools: [] }

test.use({
  // What is refused is an answer, which browsers complain about.
  toleratesComplaints: true,
  runtimeOptions: {
    config: { agents: { writer: { ...agent, model: 'writer' }, checker: { ...agent, model: 'checker' } } },
    scripts: {
      writer: {
        pace: { chunk_chars: 2, delay_ms: 120 },
        scenes: [
          { match: 'the 2nd time', turns: [{ text: 'A better draft, with numbers in it.\n\nresult: success' }] },
          { turns: [{ text: 'A first draft of the post.\n\nresult: success' }] },
        ],
      },
      checker: {
        pace: { chunk_chars: 2, delay_ms: 120 },
        scenes: [
          { match: 'the 2nd time', turns: [{ text: 'Good.\n\nresult: success' }] },
          { turns: [{ text: 'There are no numbers.\n\nresult: pushback: no_numbers' }] },
        ],
      },
    },
  },
})

const graph: TeamGraph = {
  description: 'Writes a post, checks it, and has a person say yes.',
  entry: 'draft',
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'writer' } },
    { state: 'check', handler: { kind: 'agent', agent: 'checker' } },
    { state: 'review', handler: { kind: 'person' } },
    { state: 'posted', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'check', on: 'success' },
    { from: 'check', to: 'review', on: 'success' },
    { from: 'check', to: 'draft', on: 'pushback:no_numbers' },
    { from: 'review', to: 'posted', on: 'success' },
    { from: 'review', to: 'draft', on: 'pushback:*' },
  ],
  colors: { draft: 'amber', check: 'blue', review: 'violet' },
}

const column = (page: Page, name: RegExp) => page.getByRole('region', { name })
const card = (page: Page, name: RegExp) => page.getByRole('article', { name })

test.beforeEach(async ({ runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  await client.createTeam('blog', graph)
  const { document_id } = await client.document({ op: 'create_document', title: 'Blog', path: '/docs/blog' })
  for (const title of ['Why looms', 'Release notes']) {
    await client.document({ op: 'create_chunk', document_id, title, status: 'ideas', body: 'In a few words.' })
  }
})

async function bind(page: Page): Promise<void> {
  await page.goto('/docs/blog?view=board')
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('dialog').getByRole('combobox').selectOption('blog', { timeout: 10_000 })
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('a board that goes by a team has its states, says who works there, and lets cards go along its edges alone', async ({
  page,
}) => {
  await bind(page)
  await expect(page.getByRole('button', { name: 'Team blog' })).toBeVisible()
  await expect(column(page, /^Draft,/)).toContainText('writer')
  await expect(column(page, /^Review,/)).toContainText('A person decides')
  await expect(column(page, /^Posted,/)).toContainText('The end')

  await card(page, /^Why looms/).hover()
  await page.mouse.down()
  const box = await column(page, /^Posted,/).boundingBox()
  await page.mouse.move(box!.x + 60, box!.y + 200, { steps: 8 })
  await expect(column(page, /^Posted,/)).toContainText('Cards come into blog at Draft.')
  await page.mouse.up()
  await expect(column(page, /^Ideas, 2 cards/)).toBeVisible()

  await card(page, /^Why looms/).focus()
  await page.keyboard.press('.')
  const posted = page.getByRole('menuitem', { name: /^Posted/ })
  await expect(posted).toBeDisabled()
  await expect(posted).toContainText('Cards come into blog at Draft.')
  await page.getByRole('menuitem', { name: 'Draft', exact: true }).click()
  await expect(column(page, /^Draft, 1 card/)).toBeVisible()
  await card(page, /^Why looms/).focus()
  await page.keyboard.press('.')
  await expect(page.getByRole('menuitem', { name: /^Review/ })).toContainText('From Draft blog leads to Check.')
  await expectAccessible(page, 'a board of a team')
})

test('its statuses are offered along its edges alone: by key, in the panel, in the table, and for several at once', async ({
  page,
}) => {
  await bind(page)
  const refusal = 'Cards come into blog at Draft.'
  await card(page, /^Why looms/).focus()
  for (const key of ['Space', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(column(page, /^Posted,/)).toContainText(refusal)
  await page.keyboard.press('Space')
  await expect(column(page, /^Ideas, 2 cards/)).toBeVisible()
  await card(page, /^Why looms/).focus()
  for (const key of ['Space', ...Array(4).fill('ArrowLeft'), 'Space']) await page.keyboard.press(key)
  await expect(column(page, /^Draft, 1 card/)).toBeVisible()

  await card(page, /^Why looms/).click()
  const choice = page.getByRole('combobox', { name: 'Status of this chunk' })
  const refused = choice.locator('optgroup[label="From Draft blog leads to Check."]')
  await expect(refused.locator('option')).toHaveText(['No status', 'Review', 'Posted', 'Ideas'])
  await expect(choice.locator('option', { hasText: 'Posted' })).toBeDisabled()
  await expectAccessible(page, 'a card of a team')
  await choice.selectOption('Check')
  await expect(column(page, /^Check, 1 card/)).toBeVisible()

  await page.goto('/docs/blog?view=table')
  const grid = page.getByRole('grid', { name: 'Table' })
  await grid.focus()
  for (const key of ['ArrowRight', 'Enter']) await page.keyboard.press(key)
  const cell = grid.getByRole('combobox', { name: 'Status' })
  await expect(cell.locator('option', { hasText: 'Posted' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+a')
  const selected = page.getByRole('region', { name: 'Selected chunks' })
  await selected.getByRole('button', { name: 'Status' }).click()
  const statuses = page.getByRole('group', { name: 'status' })
  await expect(statuses.getByRole('checkbox', { name: /^Posted/ })).toBeDisabled()
  await expectAccessible(page, 'statuses for several')
  await statuses.getByRole('checkbox', { name: 'Review', exact: true }).click()
  await expect(page.getByText('1 chunk changed, the others stay.')).toBeVisible()
  await expect(grid.getByRole('row', { name: /Why looms.*review/ })).toBeVisible()
  await expect(grid.getByRole('row', { name: /Release notes.*ideas/ })).toBeVisible()
})

/** The columns in which a card is drawn from now on, one after the other, however short it stands in each. */
async function watchPlaces(page: Page, title: string): Promise<() => Promise<string[]>> {
  await page.evaluate((name) => {
    const seen: string[] = []
    Object.assign(window, { seenPlaces: seen })
    const look = () => {
      const label = document.querySelector(`article[aria-label^="${name}, "]`)?.getAttribute('aria-label')
      const place = label?.split(', ')[1]
      if (place && seen.at(-1) !== place) seen.push(place)
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
  }, title)
  return () => page.evaluate(() => (window as unknown as { seenPlaces: string[] }).seenPlaces)
}

test('a card is sent through its team, goes back once with the reason, and waits for a person', async ({ page }) => {
  await bind(page)
  const places = await watchPlaces(page, 'Why looms')
  await card(page, /^Why looms/).focus()
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Send through a team…' }).click()
  await page.getByLabel('What its agents are told besides').fill('Keep it short.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const team = page.getByRole('region', { name: 'Team blog' })
  await expect(column(page, /^Review, 1 card/)).toBeVisible({ timeout: 20_000 })
  await expect(team).toContainText('Waits in Review until somebody moves the card.')
  await expect(team).toContainText('sent back: no_numbers')
  expect(await places()).toEqual(['Ideas', 'Draft', 'Check', 'Draft', 'Check', 'Review'])
  await expect(team).toContainText('4 steps of 25')
  await expect(team.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveCount(5)
  await expectAccessible(page, 'a board of a team')
  await card(page, /^Why looms/).focus()
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Posted', exact: true }).click()
  await expect(team).toContainText('Came to its end')
  await expect(team.getByRole('button', { name: 'Stop' })).toBeHidden()
})

test('a team whose steps are used up asks in the inbox, and is told there', async ({ page, runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  await client.createTeam('once', { ...graph, max_iterations: 1 })
  await page.goto('/docs/blog?view=board')
  await card(page, /^Why looms/).focus()
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Send through a team…' }).click()
  await page.getByRole('dialog').getByRole('combobox').selectOption('once')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const team = page.getByRole('region', { name: 'Team once' })
  await expect(team).toContainText('Its steps are used up.')

  await page.goto('/inbox')
  const question = page.getByRole('group', { name: /^Question: once has used up its 1 step/ })
  await expect(page.getByRole('link', { name: /^Inbox/ })).toContainText('1')
  await expectAccessible(page, 'an inbox with a team')
  await question.getByRole('button', { name: 'Go on' }).press('Enter')
  await expect(question).toContainText('It goes on.')
  await page.getByRole('link', { name: 'Why looms' }).first().click()
  await expect(team).toContainText('2 steps of 2')
})

test('a card on its way is stopped from its panel, and stays where it is', async ({ page }) => {
  await bind(page)
  await card(page, /^Release notes/).focus()
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Send through a team…' }).click()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const team = page.getByRole('region', { name: 'Team blog' })
  await team.getByRole('button', { name: 'Stop' }).click()
  await expect(team).toContainText('Stopped')
  await expect(column(page, /^(Draft|Check), 1 card/)).toBeVisible()
})

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const state = (page: Page, name: string) => page.getByRole('group', { name: `State ${name}`, exact: true })
const diagram = (page: Page) => page.getByRole('list', { name: 'Diagram' }).getByRole('button')

async function save(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Review and save' }).click()
  const dialog = page.getByRole('dialog', { name: 'What will change' })
  await dialog.getByLabel('What is new').fill(note)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('a team is made in the table, mended, saved, changed, compared and put back', async ({ page }) => {
  await page.goto('/teams')
  await expect(page.getByRole('list', { name: 'Teams' }).getByRole('link', { name: /^blog/ })).toContainText('4 states')
  await expectAccessible(page, 'teams')

  await page.getByRole('link', { name: 'New team' }).first().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('letters')
  await state(page, 'draft').getByLabel('Agent').fill('writer')
  await state(page, 'review').getByLabel('Name').fill('read')
  await expect(diagram(page)).toHaveCount(3)
  await expect(diagram(page).nth(1)).toHaveAccessibleName(/^read\b.*A person decides.*on success.*done/)
  await expect(page.getByRole('textbox', { name: 'The team in YAML' })).toContainText('to: read')

  await page.getByRole('button', { name: 'Add a state' }).click()
  await state(page, 'new').getByLabel('Name').fill('check')
  await state(page, 'check').getByLabel('Agent').fill('checker')
  await expect(state(page, 'check')).toContainText('to which nothing leads from "draft"')
  await expect(page.getByRole('button', { name: 'Review and save' })).toBeDisabled()
  await expectAccessible(page, 'editor')
  const ways = (of: string) => state(page, of).getByRole('list', { name: `Ways on from ${of}` })
  await ways('draft')
    .getByRole('combobox', { name: /leads$/ })
    .selectOption('check')
  await state(page, 'check').getByRole('button', { name: 'Add a way on' }).click()
  await ways('check')
    .getByRole('combobox', { name: /leads$/ })
    .selectOption('read')
  await expect(page.getByText(/from being saved/)).toBeHidden()

  await page.goto('/chat')
  await page.goBack()
  await expect(state(page, 'check').getByLabel('Agent')).toHaveValue('checker')
  await save(page, 'It is there.')

  await expect(page.getByRole('heading', { name: 'letters', level: 2 })).toBeVisible()
  await expect(diagram(page)).toHaveText([/^draft/, /^check/, /^read/, /^done/])
  await diagram(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('checker works on it.')
  await expectAccessible(page, 'team')

  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Most steps').fill('7')
  await save(page, 'Fewer.')
  await page.getByRole('button', { name: 'Changes in version 2' }).click()
  await expect(part(page, 'Comparison')).toContainText('+max_iterations: 7')
  await expect(part(page, 'States')).toContainText('At most 7 steps')
  await page.getByRole('button', { name: 'Actions for version 1' }).click()
  await page.getByRole('menuitem', { name: 'Put to use' }).click()
  await expect(part(page, 'States')).toContainText('At most 25 steps')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a team is read and changed', async ({ page }) => {
    await page.goto('/teams?q=blog')
    await page.getByRole('link', { name: /^blog/ }).click()
    for (const drawn of await diagram(page).all()) {
      const box = await drawn.boundingBox()
      expect(box!.x).toBeGreaterThanOrEqual(0)
      expect(box!.x + box!.width).toBeLessThanOrEqual(390)
    }
    await expectAccessible(page, 'team on a phone')
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await state(page, 'check').getByLabel('What is to be done here').fill('Look for numbers.')
    await expectAccessible(page, 'editor on a phone')
    await save(page, '')
    await expect(part(page, 'States')).toContainText('Look for numbers.')
  })
})
