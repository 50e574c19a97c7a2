import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a process holds, as its machine sees it. Linux only. */
export interface Vitals {
  residentMb: number
  /** Open files and sockets. */
  descriptors: number
}

export function vitalsOf(pid: number): Vitals {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { residentMb: Number(kb) / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length }
}

/** Waits until it holds no more than this, for so long at most, and says what it holds then. */
export async function settledVitals(
  pid: number,
  limit: Vitals,
  patienceMs: number,
): Promise<Vitals & { afterMs: number }> {
  const started = performance.now()
  for (;;) {
    const vitals = vitalsOf(pid)
    const afterMs = performance.now() - started
    const isSettled = vitals.descriptors <= limit.descriptors && vitals.residentMb <= limit.residentMb
    if (isSettled || afterMs > patienceMs) return { ...vitals, afterMs }
    await sleep(200)
  }
}
