import { Worker } from 'node:worker_threads'

/**
 * Where the worker process says how much memory it takes beyond what it took when it was ready, most of which is the
 * program itself and there once for all of them. The thread that could send messages may be in a statement.
 */
export const MEMORY_FD = 4
/** Smaller changes are not worth telling. */
const TOLD_BYTES = 4 * 1024 * 1024

/**
 * Ends this process when it takes too much memory, or when nobody waits for it any more, and says how much it takes. It
 * looks from a thread of its own, because a statement that never ends keeps the main one.
 */
export function startWatchdog(maxRssBytes: number, onReady: () => void): void {
  const workerData = { maxRssBytes, parent: process.ppid, fd: MEMORY_FD, toldBytes: TOLD_BYTES }
  const watchdog = new Worker(source, { eval: true, workerData })
  watchdog.once('online', onReady)
}

const source = `
const { writeSync } = require('node:fs')
const { maxRssBytes, parent, fd, toldBytes } = require('node:worker_threads').workerData
const idle = process.memoryUsage.rss()
let told = 0
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  const rss = process.memoryUsage.rss()
  if (rss > maxRssBytes) process.kill(process.pid, 'SIGTERM')
  const taken = Math.max(0, rss - idle)
  if (Math.abs(taken - told) < toldBytes) return
  try {
    writeSync(fd, taken + '\\n')
    told = taken
  } catch {
    // Nobody reads at the moment; it is said again.
  }
}, 50)
`
