import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale } from './build.ts'
import { ensureChromium } from './chromium.ts'
import { cacheDir } from './paths.ts'
import { playwrightTally, readTally } from './reports.ts'
import { runCommand } from './run-command.ts'
import { describeTally, type Tally } from './tally.ts'

/** The journeys in e2e/, in a real browser against the built runtime. */
export async function runJourneys(args: string[] = []): Promise<Tally> {
  const report = join(cacheDir, 'playwright.json')
  rmSync(report, { force: true })
  const code = await runCommand('playwright', ['test', ...args], {
    env: { CHROMIUM_PATH: await ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  return readTally(report, code, playwrightTally)
}

if (import.meta.main) {
  const tally = (await buildStale()) ? await runJourneys(process.argv.slice(2)) : undefined
  if (tally) console.log(describeTally(tally))
  process.exitCode = tally?.failed === 0 ? 0 : 1
}
