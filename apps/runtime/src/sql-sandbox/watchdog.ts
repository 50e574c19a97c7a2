import { Worker } from 'node:worker_threads'

/**
 * Ends this process when it takes too much memory, or when nobody waits for it any more. It looks from a thread of its
 * own, because a statement that never ends keeps the main one.
 */
export function startWatchdog(maxRssBytes: number, onReady: () => void): void {
  const watchdog = new Worker(source, { eval: true, workerData: { maxRssBytes, parent: process.ppid } })
  watchdog.once('online', onReady)
}

const source = `
const { maxRssBytes, parent } = require('node:worker_threads').workerData
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  if (process.memoryUsage.rss() > maxRssBytes) process.kill(process.pid, 'SIGTERM')
}, 50)
`
