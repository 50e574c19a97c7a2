import { expect, it } from 'vitest'
import { systemClock } from '../../ground/clock.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { Publisher } from './publisher.ts'
import { SessionLog } from './session-log.ts'
import { listRunEvents } from './store.ts'

const refused: Statement = { sql: `delete from memory where key = 'nobody'`, parameters: [], mustChange: true }
const say = (text: string) => ({ type: 'text', text }) as const

async function aLog() {
  const db = await tempDatabase()
  const publisher = new Publisher()
  const stored = async () => (await listRunEvents(db, 's', 'r', 0, 100)).map(({ seq }) => seq)
  return {
    publisher,
    stored,
    log: await SessionLog.open({ db, clock: systemClock, publisher, tenantId: 't', sessionId: 's' }),
  }
}

it('tells nobody of an event before it can be read', async () => {
  const { log, publisher, stored } = await aLog()
  const told: Promise<{ seq: number; stored: number[] }>[] = []
  publisher.follow('r', {
    onEvents: (_frames, headSeq) => void told.push(stored().then((rows) => ({ seq: headSeq, stored: rows }))),
  })
  await log.append('r', [say('one')])
  await log.append('r', [say('two'), say('three')])
  expect(await Promise.all(told)).toEqual([
    { seq: 1, stored: [1] },
    { seq: 3, stored: [1, 2, 3] },
  ])
})

it('tells nobody of an event that was refused', async () => {
  const { log, publisher } = await aLog()
  const told: number[] = []
  publisher.follow('r', { onEvents: (_frames, headSeq) => void told.push(headSeq) })
  await expect(log.append('r', [say('one')], [refused])).rejects.toMatchObject({ name: 'NothingChangedError' })
  expect(told).toEqual([])
})

it('has no holes: what was to follow a refused event is refused, and goes on where the log ends', async () => {
  const { log, stored } = await aLog()
  const [, second, third] = await Promise.allSettled([
    log.append('r', [say('one')]),
    log.append('r', [say('two')], [refused]),
    log.append('r', [say('three')]),
  ])
  expect([second.status, third.status]).toEqual(['rejected', 'rejected'])
  expect(await stored()).toEqual([1])
  await log.rewind()
  await log.append('r', [say('two')])
  expect(await stored()).toEqual([1, 2])
})
