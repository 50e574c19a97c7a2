import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir } from './paths.ts'
import { readTally, vitestTally } from './reports.ts'
import { runCommand } from './run-command.ts'
import type { Tally } from './tally.ts'

/** The vitest suites of all packages. */
export async function runUnitTests(): Promise<Tally> {
  const report = join(cacheDir, 'vitest.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Left to itself, it keeps one core free for somebody who works beside it.
  const code = await runCommand('vitest', ['run', '--maxWorkers=100%', ...reporters])
  return readTally(report, code, vitestTally)
}
