import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextStep, setTimeout as sleep } from 'node:timers/promises'
import { baseEnv, main } from '../../e2e/fixtures/runtime-process.ts'

/** Starts the real process over a data directory and kills it so many milliseconds after it began to write there. */
export async function killDuringStart(dataDir: string, afterMs: number): Promise<void> {
  const child = start(dataDir)
  const exit = once(child, 'exit')
  while (child.exitCode === null && !existsSync(join(dataDir, 'loomcycle.db-wal'))) await nextStep()
  await Promise.race([sleep(afterMs), exit])
  child.kill('SIGKILL')
  await exit
}

/** Starts it and lets it: what it says where it does not come up. */
export async function startAndStop(dataDir: string): Promise<string | undefined> {
  const child = start(dataDir)
  let said = ''
  const exit = once(child, 'exit')
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('listening on')) child.kill('SIGTERM')
    })
  }
  await exit
  return said.includes('listening on') ? undefined : said.trim()
}

function start(dataDir: string) {
  return spawn(process.execPath, [main], {
    env: {
      ...baseEnv(),
      LOOMCYCLE_LISTEN_ADDR: '127.0.0.1:0',
      LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1',
      LOOMCYCLE_SAMPLE: '0',
      LOOMCYCLE_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
