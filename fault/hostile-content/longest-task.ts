import type { Browser, Page } from '@playwright/test'

export interface TaskWatch {
  /** Milliseconds of the longest task since the start, as its thread worked: what else runs on the machine does not count. */
  longest(): Promise<number>
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Microseconds of the thread's own time. */
  tdur?: number
  args?: { name?: string }
}

export async function startTasks(browser: Browser, page: Page): Promise<TaskWatch> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  return {
    async longest() {
      const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
      const mains = new Set(
        traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
      )
      let longest = 0
      for (const event of traceEvents)
        if (event.tdur !== undefined && mains.has(threadOf(event))) longest = Math.max(longest, event.tdur)
      return longest / 1000
    },
  }
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}.${tid}`
