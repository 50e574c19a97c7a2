import type { Page } from '@playwright/test'
import { Random } from '../fault/random.ts'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { OpenChunk } from './fixtures/open-chunk.ts'
import { Rewriter } from './fixtures/rewriter.ts'
import { expect, test } from './fixtures/test.ts'

// A conflict is an answer of its own, and browsers complain about it.
test.use({ toleratesComplaints: true })

const start = ['# Plan', '', 'The first part.', '', '- one', '- two', '', 'The last part.', ''].join('\n')

/** However long it takes, the other one is first. */
async function holdSaves(page: Page, first: Promise<void>): Promise<void> {
  await page.route('**/v1/_document', async (route) => {
    if (route.request().postDataJSON()?.op === 'update_chunk') await first
    await route.continue()
  })
}

/** One's own words are saved once this resolves. */
async function writeWithSavesHeld(page: Page, chunk: OpenChunk): Promise<PromiseWithResolvers<void>> {
  await chunk.write()
  const first = Promise.withResolvers<void>()
  await holdSaves(page, first.promise)
  return first
}

/** The chunk that both write, with a text to begin with. */
async function openBoth(page: Page, client: LoomcycleClient) {
  const chunk = new OpenChunk(page)
  const id = await chunk.open(/^Who it is for/)
  const { revision } = await client.document({ op: 'get_chunk', id })
  const { revision: begun } = await client.document({ op: 'update_chunk', id, revision, body: start })
  return { chunk, id, revision: begun }
}

test('an agent rewrites the text one is typing in: no word is lost, and nothing is decided in silence', async ({
  page,
  runtime,
}) => {
  test.setTimeout(120_000)
  const agent = new Rewriter(new LoomcycleClient({ baseUrl: runtime.url }), new Random(7), 'theirs')
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { chunk, id } = await openBoth(page, client)
  await expect(chunk.panel.getByText('The first part.')).toBeVisible()
  await chunk.write()
  await chunk.text.getByText('The first part.').click()
  await page.keyboard.press('End')

  const typed: string[] = []
  let shown = 0
  for (let round = 1; round <= 25; round++) {
    const word = `mine${round}.`
    typed.push(word)
    const rewriting = agent.rewrite(id)
    await page.keyboard.type(` ${word}`, { delay: 15 })
    await rewriting
    // Typing goes on while two versions wait.
    if (round % 5 === 0 && (await chunk.versions.isVisible())) {
      shown++
      while (await chunk.versions.isVisible())
        await chunk.versions.getByRole('button', { name: /^Both/ }).first().click()
      await chunk.text.getByText('mine1.').first().click()
      await page.keyboard.press('End')
    }
  }
  await chunk.button('Done').click()
  await expect(async () => {
    const both = chunk.versions.getByRole('button', { name: /^Both/ }).first()
    if (await both.isVisible()) await both.click({ timeout: 1000 })
    await expect(chunk.saved).toBeVisible({ timeout: 1000 })
  }).toPass()
  const { body } = await client.document({ op: 'get_chunk', id })
  expect(typed.filter((word) => !body.includes(word))).toEqual([])
  expect(agent.words.filter((word) => !body.includes(word))).toEqual([])
  expect(agent.words.length).toBeGreaterThan(5)
  expect(shown).toBeGreaterThan(0)
})

test('what others change elsewhere in the text comes in under the hands, and leaves the cursor where it is', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { chunk, id } = await openBoth(page, client)
  const write = async (change: (body: string) => string) => {
    const { revision, body } = await client.document({ op: 'get_chunk', id })
    await client.document({ op: 'update_chunk', id, revision, body: change(body) })
  }
  const first = await writeWithSavesHeld(page, chunk)
  await chunk.text.getByText('The last part.').click()
  await page.keyboard.press('Home')
  await page.keyboard.type('In short: ')
  await write((body) => body.replace('The first part.', 'A first part, at length.\n\nAnd one more.'))
  first.resolve()
  await expect(chunk.text.getByText('And one more.')).toBeVisible()
  await page.keyboard.type('really, ')
  await expect(chunk.text.getByText('In short: really, The last part.')).toBeVisible()
  await expect(chunk.text).toBeFocused()
  await expect(chunk.panel.getByText('Merged with your change from elsewhere')).toBeVisible()
  await expect(chunk.saved).toBeVisible()

  // Mine is undone, theirs stays.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect(chunk.text.getByText('really,')).toBeHidden({ timeout: 200 })
  }).toPass()
  await expect(chunk.text.getByText('And one more.')).toBeVisible()
  await chunk.button(/^See$/).click()
  await expect(chunk.panel.getByText('+And one more.')).toBeVisible()
  await chunk.button(/^Undo it$/).click()
  await expect(chunk.text.getByText('And one more.')).toBeHidden()
  await expect.poll(async () => (await client.document({ op: 'get_chunk', id })).body).toContain('The first part.\n')
})

test('two versions are decided by keyboard, place by place; closing keeps what is not decided', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { chunk, id, revision } = await openBoth(page, client)
  const first = await writeWithSavesHeld(page, chunk)
  for (const words of ['The first part.', 'The last part.']) {
    await chunk.text.getByText(words).click()
    await page.keyboard.press('End')
    await page.keyboard.type(' Mine.')
  }
  const body = start.replace('The first', 'Their first').replace('The last', 'Their last').replace('- two', '- 2')
  await client.document({ op: 'update_chunk', id, revision, body })
  first.resolve()
  await expect(chunk.versions.getByRole('group', { name: /^Place/ })).toHaveCount(2)
  // What only they have changed is in already.
  await expect(chunk.text.getByText('- 2')).toBeVisible()

  await page.keyboard.press('Escape')
  await page.goto('/docs/launch?view=outline')
  await expect(page.getByRole('treeitem', { name: /^Who it is for.*not saved/ })).toBeVisible()
  await page.getByRole('button', { name: '1 not saved' }).click()
  await expect(chunk.versions.getByRole('group', { name: /^Place/ })).toHaveCount(2)
  await chunk.versions
    .getByRole('group', { name: /^Place/ })
    .first()
    .focus()
  await page.keyboard.press('ArrowDown')
  await expect(chunk.versions.getByRole('group', { name: /^Place 2 of 2/ })).toBeFocused()
  await page.keyboard.press('t')
  await expect(chunk.versions.getByRole('group', { name: /^Place 1 of 1, under “Plan”/ })).toBeFocused()
  await page.keyboard.press('m')
  await expect(chunk.versions).toBeHidden()
  await expect(chunk.text).toBeFocused()
  await expect(chunk.saved).toBeVisible()
  expect((await client.document({ op: 'get_chunk', id })).body).toBe(
    body.replace('Their first part.', 'The first part. Mine.'),
  )
})
