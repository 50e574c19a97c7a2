import { seedChats } from '../../e2e/fixtures/seed-chat.ts'
import { atMost, type Benchmark, type Measurement, median } from '../benchmark.ts'
import { agent, startBenchRuntime } from './bench-runtime.ts'
import { heavyAnswer, shapes } from './heavy-answer.ts'
import { launchBrowser, openPage } from './measured-page.ts'

const sizes = [100, 500, 1000, 2000, 10_000]
const rounds = 5

/** From the click on a stored conversation to its last words on the screen. */
export const openChat: Benchmark = {
  name: 'open-chat',
  async run() {
    const runtime = await startBenchRuntime()
    const browser = await launchBrowser()
    try {
      const chats = await seedChats(runtime.dataDir, [
        ...sizes.map((messages) => ({ messages, agent, answer: heavyAnswer })),
        { messages: 100, agent, answer: (n, turns) => (n === turns ? shapes.mixed!(50_000) : heavyAnswer(n)) },
      ])
      const measurements: Measurement[] = []
      for (const [i, chat] of chats.entries()) {
        const times: number[] = []
        const longTasks: number[] = []
        let nodes = 0
        for (let round = 0; round <= rounds; round++) {
          const measured = await openPage(browser)
          await measured.page.goto(`${runtime.url}/chat`)
          const link = measured.page.getByRole('link', { name: chat.title })
          await link.hover()
          await measured.page.waitForTimeout(300)
          await measured.take()
          const painted = measured.painted('[aria-label="Conversation"] .md', chat.lastWords)
          await link.click()
          const readable = await painted
          await measured.page.waitForTimeout(700)
          const seen = await measured.take()
          nodes = Math.max(nodes, await measured.nodes())
          if (round > 0) times.push(readable)
          if (round > 0) longTasks.push(Math.max(0, ...seen.longTasks))
          await measured.close()
        }
        const what = sizes[i] ? `a chat of ${sizes[i]} heavy messages` : 'a chat that ends with a message of 50 KB'
        measurements.push(
          atMost(`open ${what}`, median(times), 200, 'ms'),
          atMost(`  its DOM nodes`, nodes, 3000, ''),
          atMost(`  its longest task`, median(longTasks), 200, 'ms'),
        )
      }
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}
