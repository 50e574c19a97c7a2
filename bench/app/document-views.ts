import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { LoomcycleClient } from '../../packages/client/src/index.ts'
import { atMost, type Benchmark, type Measurement, median } from '../benchmark.ts'
import { openFromApp, type Seeded, seed, typed, watched } from './many-cards.ts'
import { launchBrowser, openPage } from './measured-page.ts'

const chunks = 5000
const opening = 500
const mostNodes = 6000
const rounds = 3
const views = [
  {
    name: 'outline',
    search: 'view=outline',
    first: '[data-view="outline"] [role="treeitem"]',
    titles: '[data-view="outline"] .truncate',
  },
  { name: 'table', search: 'view=table', first: '[role="rowheader"]', titles: '[role="rowheader"] button' },
  {
    name: 'board in 300 lanes',
    search: 'view=board&lanes=field:owner',
    first: '[data-card]',
    titles: '[data-card] h3',
  },
]

/** Thousands of chunks in the other views, and a board in hundreds of lanes: opened, and changed by others. */
export const documentViews: Benchmark = {
  name: 'document-views',
  async run() {
    const runtime = await startRuntime({})
    const client = new LoomcycleClient({ baseUrl: runtime.url })
    const browser = await launchBrowser()
    const measurements: Measurement[] = []
    try {
      const document: Seeded = await seed(client, chunks, 300)
      for (const { name, search, first, titles } of views) {
        const address = `${runtime.url}/documents/${document.id}?${search}`
        const opened: number[] = []
        for (let round = 0; round <= rounds; round++) {
          const measured = await openPage(browser)
          await measured.page.goto(`${runtime.url}/docs`)
          await measured.page.waitForTimeout(1500)
          opened.push(await openFromApp(measured, address, first))
          await measured.close()
        }
        const measured = await openPage(browser)
        await measured.page.goto(`${address}&card=${document.cards[6]?.id}`)
        await measured.page.locator(first).first().waitFor()
        await measured.page.waitForTimeout(1500)
        measurements.push(
          atMost(`${chunks} chunks: the ${name} is drawn after`, median(opened.slice(1)), opening, 'ms'),
          atMost('  its DOM nodes', await measured.nodes(), mostNodes, ''),
          ...(await watched(measured, client, document, titles)),
        )
        await measured.page.getByRole('button', { name: 'Edit the text' }).click()
        await measured.page.locator('.cm-content').waitFor()
        await measured.page.locator('.cm-content').focus()
        measurements.push(...(await typed(measured, client, document, 'the text of an open chunk')))
        await measured.close()
      }
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}
