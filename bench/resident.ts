import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Memory of a process that is in RAM now, in MiB. */
export function residentMiB(pid: number): number {
  const kiB =
    process.platform === 'linux'
      ? /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kiB) / 1024
}
