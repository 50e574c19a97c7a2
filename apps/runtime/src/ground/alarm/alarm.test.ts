import { expect, it, onTestFinished } from 'vitest'
import { createTestClock } from '../../models/providers/testing/test-clock.ts'
import { longestTimerMs } from '../clock.ts'
import { operatorLog } from '../telemetry/operator-log.ts'
import { Alarm } from './alarm.ts'

/** An alarm whose looks are answered by the test, one after another. */
function anAlarm() {
  const clock = createTestClock(1_000)
  const said: string[] = []
  const looks: PromiseWithResolvers<number | undefined>[] = []
  let looked = Promise.withResolvers<void>()
  const telemetry = operatorLog({ level: 'warn', clock, write: (line) => void said.push(line) })
  const look = () => {
    const answer = Promise.withResolvers<number | undefined>()
    looks.push(answer)
    looked.resolve()
    looked = Promise.withResolvers()
    return answer.promise
  }
  const alarm = new Alarm({ clock, telemetry, name: 'bells', look })
  onTestFinished(() => alarm.stop())
  /** Resolves with the look of this number once there is one. */
  const lookOf = async (n: number) => {
    while (looks.length < n) await looked.promise
    return looks[n - 1]!
  }
  return { clock, alarm, said, looks, lookOf }
}

it('looks at the earliest time that was asked for, and then when the look says', async () => {
  const { clock, alarm, looks, lookOf } = anAlarm()
  alarm.at(1_500)
  alarm.at(1_200)
  alarm.at(1_300)
  expect(clock.running()).toBe(1)
  await clock.fire(200)
  const first = await lookOf(1)
  first.resolve(1_900)
  await clock.fire(700)
  const second = await lookOf(2)
  second.resolve(undefined)
  await second.promise
  expect([looks.length, clock.running()]).toEqual([2, 0])
})

it('looks at once for what is overdue, and sooner than it has to for what no timer can wait for', async () => {
  const { clock, alarm } = anAlarm()
  alarm.at(10 ** 12)
  await clock.armed(longestTimerMs)
  alarm.at(5)
  await clock.armed(0)
  expect(clock.running()).toBe(1)
})

it('takes one look at a time', async () => {
  const { alarm, looks, lookOf } = anAlarm()
  alarm.now()
  alarm.now()
  const first = await lookOf(1)
  expect(looks).toHaveLength(1)
  first.resolve(undefined)
  await lookOf(2)
})

it('tells the operator of a look that failed, and looks again a little later', async () => {
  const { clock, alarm, said, lookOf } = anAlarm()
  alarm.now()
  const first = await lookOf(1)
  first.reject(new Error('no bell'))
  await clock.fire(5_000)
  await lookOf(2)
  expect(said).toEqual([expect.stringMatching(/no bell.*bells/)])
})

it('that was stopped looks no more, whatever was under way', async () => {
  const { clock, alarm, said, looks, lookOf } = anAlarm()
  alarm.now()
  const first = await lookOf(1)
  alarm.now()
  alarm.stop()
  first.reject(new Error('no bell'))
  await first.promise.catch(() => {})
  alarm.at(2_000)
  alarm.now()
  // Whatever was put off until the look was over has had its turn.
  await new Promise(setImmediate)
  expect([looks.length, clock.running(), said]).toEqual([1, 0, []])
})
