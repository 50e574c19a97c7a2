import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'

/** What a process holds, as its machine sees it. Linux only. */
export interface Vitals {
  residentMb: number
  /** Open files and sockets. */
  descriptors: number
}

export function vitalsOf({ pid }: RuntimeProcess): Vitals {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { residentMb: Number(kb) / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length }
}

/** Waits until it holds no more than this, for so long at most, and says what it holds then. */
export async function settledVitals(
  runtime: RuntimeProcess,
  limit: Vitals,
  patienceMs: number,
): Promise<Vitals & { afterMs: number }> {
  const started = performance.now()
  for (;;) {
    const afterMs = performance.now() - started
    // Garbage is looked for when the sockets are gone; by itself the process would take its time.
    if (vitalsOf(runtime).descriptors <= limit.descriptors || afterMs > patienceMs) await collectGarbage(runtime)
    const vitals = vitalsOf(runtime)
    const isSettled = vitals.descriptors <= limit.descriptors && vitals.residentMb <= limit.residentMb
    if (isSettled || afterMs > patienceMs) return { ...vitals, afterMs }
    await sleep(500)
  }
}

/** Through the debugger's door, so that nothing in the process has to know of it. */
export async function collectGarbage(runtime: RuntimeProcess): Promise<void> {
  const [address] = /ws:\/\/\S+/.exec(runtime.output()) ?? []
  if (!address) throw new Error('the process was started without --inspect')
  const debug = new WebSocket(address)
  try {
    await heard(debug, 'open')
    debug.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }))
    await heard(debug, 'message')
  } finally {
    debug.close()
  }
  await sleep(300)
}

function heard(target: WebSocket, type: 'open' | 'message'): Promise<void> {
  return new Promise((resolve, reject) => {
    target.addEventListener(type, () => resolve(), { once: true })
    target.addEventListener('error', () => reject(new Error('the debugger does not answer')), { once: true })
  })
}
