import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { playwrightTally, readTally, vitestTally } from './reports.ts'

const aVitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
  ],
}

function reportFile(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'loomcycle-reports-')), 'report.json')
  writeFileSync(file, content)
  return file
}

test('counts passed, failed and skipped tests', () => {
  expect(vitestTally(aVitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3 })
})

test('counts a test file that could not be loaded as one failure', () => {
  const report = { ...aVitestReport, testResults: [{ status: 'failed', assertionResults: [] }] }
  expect(vitestTally(report).failed).toBe(2)
})

test('counts an error outside of tests as a failure, and a journey that passed on its second try as passed', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] }
  expect(playwrightTally(report)).toEqual({ passed: 4, failed: 2, skipped: 2 })
})

test('counts a runner that failed without a failed test as one failure', () => {
  const file = reportFile(JSON.stringify({ ...aVitestReport, numFailedTests: 0, testResults: [] }))
  expect(readTally(file, 1, vitestTally).failed).toBe(1)
  expect(readTally(file, 0, vitestTally).failed).toBe(0)
})

test('counts a runner that left no readable report as one failure', () => {
  expect(readTally(reportFile('{"half'), 0, vitestTally)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(readTally('/nowhere/report.json', 0, vitestTally).failed).toBe(1)
})
