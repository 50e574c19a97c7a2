import { firstLoad } from '../../apps/loomboard/scripts/first-load.ts'
import { atMost, type Benchmark, median } from '../benchmark.ts'
import { startBenchRuntime } from './bench-runtime.ts'
import { launchBrowser, openPage } from './measured-page.ts'

const rounds = 9

/** Empty cache to a message field that takes keys. */
export const coldLoad: Benchmark = {
  name: 'cold-load',
  async run() {
    const runtime = await startBenchRuntime()
    const browser = await launchBrowser()
    try {
      const times: number[] = []
      const work: number[] = []
      for (let i = 0; i <= rounds; i++) {
        const measured = await openPage(browser)
        await measured.countTime()
        await measured.page.goto(`${runtime.url}/chat`, { waitUntil: 'commit' })
        const usable = await measured.painted('[aria-label="Message"]', '')
        // The first one warms the browser and the server.
        if (i > 0) times.push(usable)
        if (i > 0) work.push(await measured.workTime())
        await measured.close()
      }
      const { chat } = firstLoad()
      return [
        atMost('first load of /chat, JS + CSS, gzip', chat / 1024, 170, 'KB'),
        atMost('cold load to usable', median(times), 250, 'ms'),
        atMost('  the main thread’s own time in it', median(work), 250, 'ms'),
      ]
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}
