import { readFileSync } from 'node:fs'
import type { Tally } from './tally.ts'

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** A file that fails without a failed test in it (an import error, a broken hook) counts as one failure. */
export function vitestTally(report: VitestReport): Tally {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Errors outside of tests are failures too. A journey that passed on its second try has passed: a browser on a busy
 * machine may miss a time-out, and Playwright lists it as flaky for whoever reads the run.
 */
export function playwrightTally({ stats, errors }: PlaywrightReport): Tally {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

/**
 * The counts of a runner that has ended. Its exit code has the last word: one that failed without naming a failed test,
 * or that left no report behind, counts as one failure.
 */
export function readTally<Report>(file: string, exitCode: number, toTally: (report: Report) => Tally): Tally {
  const tally = tallyOf(file, toTally)
  if (!tally) return { passed: 0, failed: 1, skipped: 0 }
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

function tallyOf<Report>(file: string, toTally: (report: Report) => Tally): Tally | undefined {
  try {
    return toTally(JSON.parse(readFileSync(file, 'utf8')) as Report)
  } catch {
    return undefined
  }
}
