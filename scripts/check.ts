import { checkSteps } from './check-steps.ts'
import { runCommand } from './run-command.ts'
import { describeTally, oneFailed, onePassed, sum, type Tally } from './tally.ts'

/** Runs every check, whatever the ones before it said. */
export async function runChecks(): Promise<Tally> {
  const tallies: Tally[] = []
  for (const { name, command } of checkSteps) {
    const [tool, ...args] = command
    const started = performance.now()
    const code = await runCommand(tool, args)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(code === 0 ? `✓ ${name} (${seconds} s)` : `✗ ${name}: \`${command.join(' ')}\` ended with ${code}`)
    tallies.push(code === 0 ? onePassed : oneFailed)
  }
  return sum(tallies)
}

if (import.meta.main) {
  const tally = await runChecks()
  console.log(describeTally(tally))
  process.exitCode = tally.failed === 0 ? 0 : 1
}
