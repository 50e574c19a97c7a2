import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { LoomcycleClient } from '../../packages/client/src/index.ts'
import { atMost, type Benchmark, type Measurement, median, percentile } from '../benchmark.ts'
import { longestFrame, openFromApp, type Seeded, seed, typed, watched } from './many-cards.ts'
import { launchBrowser, type MeasuredPage, openPage } from './measured-page.ts'

const sizes = [
  { cards: 500, opening: 300 },
  { cards: 5000, opening: 500 },
]
const rounds = 5

/** Hundreds and thousands of cards: opened, carried across, changed by others while one watches, and while one types. */
export const board: Benchmark = {
  name: 'board',
  async run() {
    const runtime = await startRuntime({})
    const client = new LoomcycleClient({ baseUrl: runtime.url })
    const browser = await launchBrowser()
    const measurements: Measurement[] = []
    try {
      for (const { cards, opening } of sizes) {
        const document = await seed(client, cards)
        const address = `${runtime.url}/documents/${document.id}?view=board`
        const opened: number[] = []
        // The first one is the browser's and the runtime's own.
        for (let round = 0; round <= rounds; round++) {
          const measured = await openPage(browser)
          await measured.page.goto(`${runtime.url}/docs`)
          await measured.page.waitForTimeout(1500)
          opened.push(await openFromApp(measured, address, '[data-card]'))
          await measured.close()
        }
        measurements.push(atMost(`${cards} cards: the board is drawn after`, median(opened.slice(1)), opening, 'ms'))
        const measured = await openPage(browser)
        await measured.page.goto(address)
        await measured.page.locator('[data-card]').first().waitFor()
        await measured.page.waitForTimeout(1500)
        measurements.push(...(await carried(measured)))
        measurements.push(...(await watched(measured, client, document, '[data-card] h3')))
        measurements.push(...(await inCard(measured, client, document)))
        measurements.push(...(await inText(measured, client, document)))
        await measured.close()
      }
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}

async function carried(measured: MeasuredPage): Promise<Measurement[]> {
  const { page } = measured
  const box = await page.locator('[data-card]').first().boundingBox()
  if (!box) throw new Error('There is no card to be carried.')
  await measured.take()
  await page.mouse.move(box.x + 40, box.y + 20)
  await page.mouse.down()
  for (let step = 1; step <= 60; step++) await page.mouse.move(box.x + 40 + step * 12, box.y + 20 + (step % 20) * 20)
  const { longTasks, frames } = await measured.take()
  await page.mouse.up()
  await page.waitForTimeout(500)
  return [
    atMost('  longest task of carrying a card across', Math.max(0, ...longTasks), longestFrame, 'ms'),
    atMost('  95 of 100 frames meanwhile', percentile(frames, 95), longestFrame, 'ms'),
  ]
}

async function inCard(measured: MeasuredPage, client: LoomcycleClient, document: Seeded): Promise<Measurement[]> {
  const { page } = measured
  await page.locator(`[data-card="${document.cards[5]?.id}"]`).focus()
  await page.keyboard.press('e')
  const measurements = await typed(measured, client, document, 'a card')
  await page.keyboard.press('Enter')
  return measurements
}

/** In the text of the card that is open beside the board. */
async function inText(measured: MeasuredPage, client: LoomcycleClient, document: Seeded): Promise<Measurement[]> {
  const { page } = measured
  await page.locator(`[data-card="${document.cards[6]?.id}"]`).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Edit the text' }).click()
  await page.locator('.cm-content').waitFor()
  await page.locator('.cm-content').focus()
  return typed(measured, client, document, 'the text of an open card')
}
