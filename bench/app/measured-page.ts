/// <reference lib="dom" />
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium.ts'

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  })
}

/** A page in a profile of its own, with the browser's clocks at hand. */
export async function openPage(browser: Browser): Promise<MeasuredPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addInitScript(watch)
  const page = await context.newPage()
  return new MeasuredPage(context, page, await context.newCDPSession(page))
}

interface Watched {
  longTasks: number[]
  frames: number[]
  keys: number[]
  flushes: number
  clickedAt: number
}

declare global {
  interface Window {
    watched: Watched
    /** Resolves once the words are on the screen, to how long that took from the last click or from the start. */
    painted(selector: string, words: string): Promise<number>
  }
}

/** Runs in the page before anything else. */
function watch(): void {
  window.watched = { longTasks: [], frames: [], keys: [], flushes: 0, clickedAt: 0 }
  const { watched } = window
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.longTasks.push(entry.duration)
  }).observe({ type: 'longtask' } as unknown as PerformanceObserverInit)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') watched.keys.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as unknown as PerformanceObserverInit)
  addEventListener('pointerdown', (event) => (watched.clickedAt = event.timeStamp), true)
  let last = performance.now()
  const onFrame = (now: number) => {
    watched.frames.push(now - last)
    last = now
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
  window.painted = (selector, words) =>
    new Promise((resolve) => {
      const look = () => {
        const found = [...document.querySelectorAll(selector)].findLast((element) =>
          element.textContent?.includes(words),
        )
        const box = found?.getBoundingClientRect()
        if (!box || box.bottom < 0 || box.top > innerHeight) return requestAnimationFrame(look)
        // The frame after is drawn with it.
        requestAnimationFrame((now) => resolve(now - watched.clickedAt))
      }
      look()
    })
}

export class MeasuredPage {
  readonly context: BrowserContext
  readonly page: Page
  readonly #cdp: CDPSession

  constructor(context: BrowserContext, page: Page, cdp: CDPSession) {
    this.context = context
    this.page = page
    this.#cdp = cdp
  }

  /** Milliseconds from the last click (or the start of navigation) until the words are drawn. */
  painted(selector: string, words: string): Promise<number> {
    return this.page.evaluate(([where, what]) => window.painted(where!, what!), [selector, words])
  }

  async nodes(): Promise<number> {
    return this.page.evaluate(() => document.querySelectorAll('*').length)
  }

  /** What the page has noticed since the last time it was asked. */
  async take(): Promise<Watched> {
    return this.page.evaluate(() => {
      const taken = { ...window.watched }
      window.watched.longTasks = []
      window.watched.frames = []
      window.watched.keys = []
      window.watched.flushes = 0
      return taken
    })
  }

  /** Milliseconds spent in scripts since counting began. */
  scriptTime(): Promise<number> {
    return this.threadTime('ScriptDuration')
  }

  /** Milliseconds the main thread has worked since counting began. */
  workTime(): Promise<number> {
    return this.threadTime('TaskDuration')
  }

  private async threadTime(metric: string): Promise<number> {
    const { metrics } = (await this.#cdp.send('Performance.getMetrics')) as {
      metrics: { name: string; value: number }[]
    }
    return (metrics.find(({ name }) => name === metric)?.value ?? 0) * 1000
  }

  async countTime(): Promise<void> {
    // The thread's own time: what else runs on the machine does not count.
    await this.#cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  }

  close(): Promise<void> {
    return this.context.close()
  }
}
