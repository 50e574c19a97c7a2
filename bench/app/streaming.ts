import { type SeededChat, seedChats } from '../../e2e/fixtures/seed-chat.ts'
import { atMost, type Benchmark, type Measurement, percentile } from '../benchmark.ts'
import { agent, deltas, startBenchRuntime, streamedChars } from './bench-runtime.ts'
import { heavyAnswer, shapes } from './heavy-answer.ts'
import { launchBrowser, type MeasuredPage, openPage } from './measured-page.ts'

const field = '[aria-label="Message"]'
const sizes = [5000, 20_000, 50_000]
const around = 3000

/** What an answer costs while it comes. */
export const streaming: Benchmark = {
  name: 'streaming',
  async run() {
    const runtime = await startBenchRuntime()
    const browser = await launchBrowser()
    try {
      const [thousand, twoThousand] = await seedChats(runtime.dataDir, [
        { messages: 1000, agent, answer: heavyAnswer },
        { messages: 2000, agent, answer: heavyAnswer },
      ])
      const on = async <T>(chat: SeededChat | undefined, work: (measured: MeasuredPage) => Promise<T>): Promise<T> => {
        const measured = await openPage(browser)
        await measured.page.goto(`${runtime.url}/chat${chat ? `/${chat.sessionId}` : ''}`)
        if (chat) await measured.painted('[aria-label="Conversation"] .md', chat.lastWords)
        else await measured.page.getByRole('combobox', { name: 'Agent' }).selectOption(agent)
        await measured.page.waitForTimeout(1000)
        await measured.take()
        try {
          return await work(measured)
        } finally {
          await measured.close()
        }
      }
      const measurements = [...(await on(thousand, longAnswer)), ...(await on(twoThousand, typing))]
      for (const shape of Object.keys(shapes)) measurements.push(...(await on(undefined, (m) => flushes(m, shape))))
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}

async function longAnswer(measured: MeasuredPage): Promise<Measurement[]> {
  await say(measured, 'deltas')
  await parked(measured)
  const { longTasks, frames } = await measured.take()
  const total = longTasks.reduce((sum, ms) => sum + ms, 0)
  return [
    atMost(`${deltas} deltas after 1000 messages: long tasks in total`, total, 300, 'ms'),
    atMost(`  worst frame`, Math.max(...frames), 100, 'ms'),
  ]
}

async function typing(measured: MeasuredPage): Promise<Measurement[]> {
  await say(measured, 'mixed')
  await measured.page.waitForTimeout(1500)
  await measured.take()
  const keys = 100
  await measured.page.locator(field).pressSequentially('a quick brown fox '.repeat(10).slice(0, keys), { delay: 60 })
  await measured.page.waitForTimeout(300)
  const { keys: slow } = await measured.take()
  // The browser names only what took longer than a frame.
  const all = [...slow, ...Array.from({ length: Math.max(0, keys - slow.length) }, () => 16)]
  return [atMost('keystroke to paint, 2000-message chat, while streaming, p95', percentile(all, 95), 50, 'ms')]
}

/** Script time between two changes of the page, as the answer passes each size. */
async function flushes(measured: MeasuredPage, shape: string): Promise<Measurement[]> {
  await measured.countTime()
  await say(measured, shape)
  await measured.page.locator('[aria-label="Conversation"]').waitFor()
  await measured.page.evaluate(() => {
    const conversation = document.querySelector('[aria-label="Conversation"]') as Element
    const observer = new MutationObserver(() => window.watched.flushes++)
    observer.observe(conversation, { subtree: true, childList: true, characterData: true })
  })
  const samples: { drawn: number; flushes: number; script: number }[] = []
  for (let working = true; working; await measured.page.waitForTimeout(100)) {
    const script = await measured.scriptTime()
    const seen = await measured.page.evaluate(() => ({
      drawn: [...document.querySelectorAll('[aria-label="Conversation"] .md')].at(-1)?.textContent?.length ?? 0,
      flushes: window.watched.flushes,
      working: [...document.querySelectorAll('header span')].some((badge) =>
        /Working|Starting/.test(badge.textContent),
      ),
    }))
    samples.push({ ...seen, script })
    working = seen.working
  }
  const written = streamedChars / (samples.at(-1)?.drawn ?? 1)
  return sizes.map((size) => {
    // It may have passed the smallest size before it is first looked at.
    const from = Math.max(
      samples.findLastIndex(({ drawn }) => drawn * written <= size - around),
      0,
    )
    const later = samples.slice(from + 1)
    const first = samples[from]!
    const last = later.find(({ drawn }) => drawn * written >= size + around) ?? later.at(-1)!
    const cost = (last.script - first.script) / (last.flushes - first.flushes)
    return atMost(`one flush at ${size / 1000} KB of ${shape}`, cost, 4, 'ms')
  })
}

async function say({ page }: MeasuredPage, text: string): Promise<void> {
  await page.locator(field).fill(text)
  await page.getByRole('button', { name: /^(Send|Continue)$/ }).click()
}

async function parked({ page }: MeasuredPage): Promise<void> {
  await page.getByRole('banner').getByText('Your turn', { exact: true }).waitFor({ timeout: 180_000 })
}
