import type { Locator } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { hostileDiagrams } from './fixtures/hostile-diagrams.ts'
import { hostileTexts } from './fixtures/hostile-texts.ts'
import { looks } from './fixtures/looks.ts'
import { expect, test } from './fixtures/test.ts'
import { tooMuch } from './fixtures/world-texts.ts'

const quotes = hostileTexts['quotes in quotes']!
const emphasis = hostileTexts['emphasis that never closes']!
const formulas = '$x^2 + y^2$ and '.repeat(80)
const boxes = Array.from({ length: 13 }, (_, a) => Array.from({ length: a }, (_, b) => `a${a} --> a${b}`)).flat()
const diagram = `flowchart LR\n${boxes.join('\n')}`

const answer = `**Before** it all.

${quotes}

${emphasis}

${formulas}

${hostileTexts['fractions in fractions']}

\`\`\`mermaid
${diagram}
\`\`\`

${hostileTexts['a packet of many bits']}

${hostileTexts['long code']!.slice(0, 200_000)}
\`\`\`

**After** it all.`

const book = `${Array.from({ length: 500 }, (_, n) => `Paragraph ${n} of a book.\n\n`).join('')}**The end** of it.`

const fetching = Object.values({ ...hostileDiagrams.fetching, ...hostileDiagrams.refused })
  .map((source) => `\`\`\`mermaid\n${source}\n\`\`\``)
  .join('\n\n')

test.use({
  runtimeOptions: {
    config: {
      default_agent: 'writer',
      agents: { writer: { provider: 'scripted', model: 'writer', system_prompt: '' } },
    },
    scripts: {
      writer: {
        scenes: [
          { match: '^all of it$', turns: [{ text: answer, pace: { chunk_chars: 4000, delay_ms: 1 } }] },
          { match: '^too much$', turns: [{ text: tooMuch, pace: { chunk_chars: 500, delay_ms: 1 } }] },
          { match: '^pictures$', turns: [{ text: fetching }] },
          { match: '^a book$', turns: [{ text: book, pace: { chunk_chars: 500, delay_ms: 1 } }] },
          { turns: [{ text: 'Still here.' }] },
        ],
      },
    },
  },
})

test('an answer that cannot be drawn is plain text, and the rest of the conversation is there', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const chat = new Chat(page)
  const { conversation } = chat
  await chat.open()
  await chat.say('all of it')
  await expect(conversation.locator('strong', { hasText: 'After' })).toBeVisible({ timeout: 20_000 })
  await chat.expectPhase('Your turn')
  await chat.sayAndWait('and now?')
  await expect(conversation.getByText('Still here.')).toBeVisible()

  await page.reload()
  await expect(conversation.getByText('Still here.')).toBeVisible()
  const before = conversation.locator('strong', { hasText: 'Before' })
  // What is drawn on the way may move it once more.
  await expect(async () => {
    await chat.toStart()
    await expect(before).toBeVisible({ timeout: 1000 })
  }).toPass()
  const plain = conversation.getByRole('figure', { name: /^Shown as plain text/ })
  const nested = plain.filter({ hasText: '>>>>>>>>' })
  await expect(nested).toContainText('it is nested too deeply')
  await nested.getByRole('button', { name: 'Copy text' }).click()
  expect((await page.evaluate(() => navigator.clipboard.readText())).trim()).toBe(quotes)

  // Whoever asks gets what can be had, by keyboard too; what cannot, is not offered.
  await expect(nested.getByRole('button', { name: 'Draw it anyway' })).toHaveCount(0)
  const dense = plain.filter({ hasText: 'flowchart LR' })
  await scrollTo(chat, dense)
  await dense.getByRole('button', { name: 'Draw it anyway' }).press('Enter')
  await expect(conversation.getByRole('img', { name: /^Diagram: flowchart/ })).toBeVisible({ timeout: 20_000 })
  const endless = plain.filter({ hasText: 'packet-beta' })
  await scrollTo(chat, endless)
  await expect(endless.getByRole('button', { name: 'Draw it anyway' })).toHaveCount(0)

  const code = conversation.locator('figure', { hasText: 'const value0 =' })
  await scrollTo(chat, code)
  await code.getByRole('button', { name: 'Copy code' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(answer).toContain(copied)
  expect(copied.length).toBeGreaterThan(190_000)
  await code.getByRole('button', { name: /^Show all/ }).click()
  await expect(code.getByRole('button', { name: /^Show all/ })).toHaveCount(0)
  // What is drawn on the way may move it once more.
  await expect(async () => {
    await conversation.press('End')
    await expect(conversation.locator('strong', { hasText: 'After' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await chat.message.fill('I can write')
  await expect(chat.message).toHaveValue('I can write')
})

test('a chunk that cannot be drawn is plain text, with its title and its history', async ({ page, runtime }) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id, root_chunk_id: parent_id } = await client.document({ op: 'create_document', title: 'Traps' })
  const body = `${quotes}\n\n${formulas}\n\n**After** it all.`
  await client.document({ op: 'create_chunk', document_id, parent_id, title: 'A trap', body })
  await page.goto(`/documents/${document_id}`)
  await page.getByRole('treeitem', { name: /^A trap/ }).click()
  const chunk = page.getByRole('region', { name: 'Chunk' })
  await expect(chunk.getByRole('figure', { name: /nested too deeply/ })).toBeVisible()
  await expect(chunk.locator('strong', { hasText: 'After' })).toBeVisible()
  // Not at once, but without being asked.
  await expect(chunk.locator('.katex')).toHaveCount(80, { timeout: 20_000 })
  await expect(chunk.getByRole('region', { name: 'History' })).toBeVisible()
})

test('drawing diagrams asks nobody for anything', async ({ page, runtime }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  const { document_id, root_chunk_id: parent_id } = await client.document({ op: 'create_document', title: 'Traps' })
  await client.document({ op: 'create_chunk', document_id, parent_id, title: 'Pictures', body: fetching })
  await page.goto(`/documents/${document_id}`)
  await page.getByRole('treeitem', { name: /^Pictures/ }).click()
  const chunk = page.getByRole('region', { name: 'Chunk' })
  const drawn = chunk.getByRole('img', { name: /^Diagram: / })
  const failed = chunk.getByText('This could not be drawn')
  await expect(drawn.or(failed)).toHaveCount(Object.keys(hostileDiagrams.fetching).length, { timeout: 20_000 })
  await expect(failed).toHaveCount(0)
  await expect(chunk.getByRole('figure', { name: /^Shown as plain text/ })).toHaveCount(
    Object.keys(hostileDiagrams.refused).length,
  )
  await expect(chunk.getByRole('button', { name: 'Draw it anyway' })).toHaveCount(0)
  expect(asked.filter((url) => url.includes('fetched'))).toEqual([])
})

test('an answer as long as a book is printed to its end', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('a book')
  await chat.expectPhase('Your turn')
  await page.goto(page.url().replace('/chat/', '/print/').replace(/\?.*/, ''))
  await expect(page.getByText('Paragraph 0 of a book.')).toBeVisible()
  await expect(page.locator('strong', { hasText: 'The end' })).toBeAttached()
})

for (const { colorScheme, width } of looks) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce', hasTouch: width === 390 })

    test('what is not drawn says so to everybody, and the keyboard reaches all of it', async ({ page }) => {
      const chat = new Chat(page)
      await chat.open()
      await chat.say('too much')
      await expect(chat.conversation.getByText('The rest is as')).toBeVisible({ timeout: 20_000 })
      await chat.expectPhase('Your turn')
      await chat.toStart()
      const plain = chat.conversation.getByRole('figure', { name: /^Shown as plain text/ })
      const formula = plain.filter({ hasText: 'frac' })
      const whole = formula.getByRole('button', { name: /^Show all/ })
      await scrollTo(chat, whole)
      await expectAccessible(page, 'plain blocks')

      await formula.locator('pre').focus()
      await page.keyboard.press('Tab')
      await expect(whole).toBeFocused()
      await page.keyboard.press('Tab')
      const draw = formula.getByRole('button', { name: 'Draw it anyway' })
      await expect(draw).toBeFocused()
      await expect(draw).toHaveAccessibleDescription('Shown as plain text: it is very large.')
      await page.keyboard.press('Tab')
      await expect(formula.getByRole('button', { name: 'Copy text' })).toBeFocused()
      await whole.press('Enter')
      await expect(formula.locator('pre')).toBeFocused()
      await expectAccessible(page, 'all of a plain block')

      const diagram = plain.filter({ hasText: 'flowchart LR' })
      await scrollTo(chat, diagram)
      await diagram.getByRole('button', { name: 'Draw it anyway' }).press('Enter')
      const drawn = chat.conversation.getByRole('figure').filter({ has: page.getByRole('img', { name: /^Diagram: / }) })
      await expect(drawn).toBeFocused({ timeout: 20_000 })
      await expectAccessible(page, 'what was drawn all the same')
    })
  })
}

/** Only what is near is drawn. */
async function scrollTo(chat: Chat, place: Locator): Promise<void> {
  await expect(async () => {
    await chat.conversation.press('PageDown')
    await expect(place).toBeVisible({ timeout: 500 })
  }).toPass()
}
