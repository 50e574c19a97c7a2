import { readdir, readlink } from 'node:fs/promises'

/**
 * Ends every process that holds a file whose name begins like that. Where the system does not tell what processes hold,
 * as elsewhere than on Linux, there is nothing to be found.
 */
export async function killMarked(marker: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (const pid of await numbersIn('/proc')) {
    if (pid !== process.pid && (await holds(pid, marker))) kill(pid)
  }
}

async function holds(pid: number, marker: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  for (const fd of await numbersIn(folder)) {
    const held = await readlink(`${folder}/${fd}`).catch(() => '')
    if (held.startsWith(marker)) return true
  }
  return false
}

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  return names.map(Number).filter(Number.isInteger)
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
