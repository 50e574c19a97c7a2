import { seedManyChats } from '../../e2e/fixtures/seed-chat.ts'
import { atMost, type Benchmark, type Measurement, median } from '../benchmark.ts'
import { agent, startBenchRuntime } from './bench-runtime.ts'
import { launchBrowser, openPage } from './measured-page.ts'

const chats = 5000
const rounds = 3
const list = 'nav[aria-label="Chats"]'

/** Thousands of conversations in the sidebar: opened, scrolled to the last, searched, and left alone by a live one. */
export const chatList: Benchmark = {
  name: 'chat-list',
  async run() {
    const runtime = await startBenchRuntime()
    const browser = await launchBrowser()
    const seen: Record<'open' | 'opening' | 'scrolling' | 'nodes' | 'search' | 'live', number[]> = {
      open: [],
      opening: [],
      scrolling: [],
      nodes: [],
      search: [],
      live: [],
    }
    try {
      await seedManyChats(runtime.dataDir, chats, (n) => ({ title: `Seeded ${n}`, said: `About number ${n}` }))
      for (let round = 0; round < rounds; round++) {
        const measured = await openPage(browser)
        const { page } = measured
        await page.goto(`${runtime.url}/chat`)
        seen.open.push(await measured.painted(list, 'Seeded 5'))
        await page.waitForTimeout(1000)
        seen.opening.push(Math.max(0, ...(await measured.take()).longTasks))

        await page.locator(list).getByRole('link').first().hover()
        const last = page.locator(list).getByText(`Seeded ${chats}`, { exact: true })
        let nodes = 0
        while ((await last.count()) === 0) {
          await page.mouse.wheel(0, 8000)
          await page.waitForTimeout(60)
          nodes = Math.max(nodes, await measured.nodes())
        }
        seen.nodes.push(nodes)
        seen.scrolling.push(Math.max(0, ...(await measured.take()).longTasks))

        await page.getByRole('textbox', { name: 'Message' }).fill(`deltas`)
        await page.keyboard.press('Enter')
        await page.waitForTimeout(5000)
        seen.live.push(Math.max(0, ...(await measured.take()).longTasks))

        await page.getByRole('searchbox').click()
        const found = measured.painted(list, 'Seeded 4711')
        await page.keyboard.insertText('Seeded 4711')
        seen.search.push(await found)
        await measured.close()
      }
      const of = (name: keyof typeof seen) => median(seen[name])
      const measurements: Measurement[] = [
        atMost(`${chats} chats: the newest are drawn after`, of('open'), 1000, 'ms'),
        atMost('  longest task of opening', of('opening'), 100, 'ms'),
        atMost('  longest task of scrolling to the last', of('scrolling'), 100, 'ms'),
        atMost('  DOM nodes, at most', of('nodes'), 1500, ''),
        atMost(`  longest task while one of them streams (${agent})`, of('live'), 100, 'ms'),
        atMost('  found by its title', of('search'), 500, 'ms'),
      ]
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}
