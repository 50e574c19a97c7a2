import type { Browser, Page } from '@playwright/test'

export interface TaskWatch {
  /** Milliseconds of the longest task since the start, as its thread worked: what else runs on the machine does not count. */
  longest(): Promise<number>
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Microseconds. */
  ts: number
  dur?: number
  /** Microseconds of the thread's own time. */
  tdur?: number
  args?: { name?: string; chrome_mojo_event_info?: { mojo_interface_tag?: string } }
}
type Span = TraceEvent & { dur: number; tdur: number }

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline']
const layouts = ['UpdateLayoutTree', 'Layout']

export async function startTasks(browser: Browser, page: Page): Promise<TaskWatch> {
  await browser.startTracing(page, { categories })
  return {
    async longest() {
      const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
      const mains = new Set(
        traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
      )
      return Math.max(0, ...[...mains].map((thread) => longestOf(traceEvents.filter(isSpanOf(thread))))) / 1000
    },
  }
}

/**
 * Where the driver looks for something in the page, that is no work of the page's own; what it makes the page lay out
 * is, as it would have been done a moment later.
 */
function longestOf(spans: Span[]): number {
  const driver = spans.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === driverMessages)
  const ofDriver = driver.map((message) => ({
    ...message,
    tdur: message.tdur - sum(spans.filter((span) => layouts.includes(span.name) && contains(message, span))),
  }))
  // Some are not run by the scheduler's own controller, such as those that end with a page's promises.
  const tasks = spans.filter(({ name }) => name === 'RunTask')
  return Math.max(0, ...tasks.map((task) => task.tdur - sum(ofDriver.filter((message) => contains(task, message)))))
}
const driverMessages = 'blink.mojom.DevToolsSession'

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}.${tid}`
const isSpanOf =
  (thread: string) =>
  (event: TraceEvent): event is Span =>
    event.dur !== undefined && event.tdur !== undefined && threadOf(event) === thread
const contains = (outer: Span, inner: Span) => outer.ts <= inner.ts && inner.ts + inner.dur <= outer.ts + outer.dur
const sum = (spans: Span[]) => spans.reduce((total, { tdur }) => total + tdur, 0)
