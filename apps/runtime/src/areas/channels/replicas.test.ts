import { expect } from 'vitest'
import { openPostgres } from '../../ground/db/postgres/postgres-database.ts'
import { onPostgres } from '../../testing/on-sqlite.ts'
import { tempDsn } from '../../testing/postgres/databases.ts'
import { aChannel, noon, settableClock, someChannels } from './testing/some-channels.ts'

onPostgres('a message of a process whose clock is behind comes after what others have read', async () => {
  const dsn = await tempDsn()
  const [early, late] = [await openPostgres({ dsn }), await openPostgres({ dsn })]
  const declared = [aChannel('work')]
  const north = await someChannels(declared, { db: early, clock: settableClock(noon) })
  const south = await someChannels(declared, { db: late, clock: settableClock(noon - 60_000) })
  const said: unknown[] = []
  for (let n = 0; n < 6; n++) {
    const [one, other] = n % 2 ? [north, south] : [south, north]
    await one.ask({ op: 'publish', channel: 'work', value: n })
    const { messages } = (await other.ask({ op: 'subscribe', channel: 'work' })) as { messages: { value: unknown }[] }
    said.push(...messages.map(({ value }) => value))
  }
  expect(said).toEqual([0, 1, 2, 3, 4, 5])
  await Promise.all([early.close(), late.close()])
})
