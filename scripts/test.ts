import { buildStale } from './build.ts'
import { runChecks } from './check.ts'
import { runJourneys } from './e2e.ts'
import { describeTally, oneFailed, onePassed, sum, type Tally } from './tally.ts'
import { runUnitTests } from './unit.ts'

/** A part that breaks down is one failure; the parts after it still run, so that the count is honest. */
async function part(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n── ${title} ──\n`)
  try {
    return await run()
  } catch (error) {
    console.error(error)
    return oneFailed
  }
}

const checks = await part('checks', runChecks)
const units = await part('unit and whole-app tests', runUnitTests)
const build = await part('build', async () => ((await buildStale()) ? onePassed : oneFailed))
const journeys = await part('journeys in a browser', async () => {
  if (build.failed === 0) return runJourneys()
  console.error('not run: there is no build to run them against')
  return oneFailed
})

const parts = { checks, 'unit and whole-app tests': units, build, 'journeys in a browser': journeys }
console.log('')
for (const [title, tally] of Object.entries(parts)) console.log(`${title}: ${describeTally(tally)}`)

const total = sum(Object.values(parts))
console.log(`\n${describeTally(total)}`)
process.exitCode = total.failed === 0 ? 0 : 1
