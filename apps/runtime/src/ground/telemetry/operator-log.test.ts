import { describe, expect, it } from 'vitest'
import { StoreError } from '../store-error.ts'
import { inWords, operatorLog } from './operator-log.ts'
import { report } from './telemetry.ts'

function aLog(level: 'info' | 'debug') {
  const lines: string[] = []
  let time = 1000
  const clock = { now: () => (time += 5) }
  const telemetry = operatorLog({ level, clock, write: (line) => void lines.push(line) })
  return { telemetry, lines, said: () => lines.map((line) => JSON.parse(line)) }
}

describe('the log for the operator', () => {
  it('has one line of JSON for each thing, with what went wrong', () => {
    const { telemetry, said, lines } = aLog('info')
    report(telemetry, 'run r_1', new Error('broken'), { trace: 'abc' })
    telemetry.log('warn', 'mind the gap')
    expect(said()).toMatchObject([
      { level: 'error', msg: 'run r_1', trace: 'abc', error: { type: 'Error', message: 'broken' } },
      { level: 'warn', msg: 'mind the gap' },
    ])
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
  })

  it('says nothing of pieces of work unless it is asked to, and hands their outcome on', async () => {
    const quiet = aLog('info')
    expect(await quiet.telemetry.span('turn', {}, async () => 7)).toBe(7)
    quiet.telemetry.count('tokens', 3)
    expect(quiet.lines).toEqual([])
    const loud = aLog('debug')
    const failing = loud.telemetry.span('turn', { run: 'r_1' }, async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(loud.said()).toMatchObject([{ level: 'debug', msg: 'turn', run: 'r_1', ms: 5 }])
  })

  it('leaves it to the store’s health to say that the store fails', () => {
    const { telemetry, lines } = aLog('info')
    report(telemetry, 'channels', new StoreError('full', 'make room'))
    expect(lines).toEqual([])
  })

  it('reads as a sentence on a terminal', () => {
    const { telemetry, lines } = aLog('info')
    telemetry.log('error', 'it fell', { run: 'r_1' }, new Error('broken'))
    expect(inWords(lines[0]!)).toMatch(/^loomcycle: it fell run=r_1\nError: broken\n {4}at /)
  })
})
