import fc from 'fast-check'
import { expect, it } from 'vitest'
import { messageIdOf, parseCursor, toCursor, toPosition, visibleAt } from './cursor.ts'
import { aChannel, everything, noon, settableClock, someChannels } from './testing/some-channels.ts'

it('a cursor says where a message stands, and sorts as it is delivered', () => {
  const position = toPosition(1_782_820_800_000_000_000n, `msg_${'0'.repeat(24)}`)
  expect(parseCursor(toCursor(position))).toBe(position)
  expect(toCursor('')).toBe('cur_0')
  expect(visibleAt(position)).toBe(1_782_820_800_000)
  expect(messageIdOf(position)).toBe(`msg_${'0'.repeat(24)}`)
})

type Step =
  | { do: 'publish'; after: number }
  | { do: 'subscribe'; max: number }
  | { do: 'ack'; max: number }
  | { do: 'clock'; by: number }
  | { do: 'restart' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('publish' as const), after: fc.constantFrom(0, 0, 0, 3, 50) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('subscribe' as const), max: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ack' as const), max: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clock' as const), by: fc.integer({ min: -60, max: 60 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
)

it('every message is delivered once and in order, whatever happens in between', async () => {
  let round = 0
  const clock = settableClock(noon)
  const some = await someChannels([aChannel('team/*')], { clock })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const channel = `team/c${round++}`
      let { call } = some
      const ask = async (input: object) => JSON.parse((await call({ channel, ...input }, everything())).text)
      const published: string[] = []
      const delivered: string[] = []
      const take = async (max: number) => {
        const { messages } = await ask({ op: 'subscribe', max_messages: max })
        delivered.push(...messages.map(({ id }: { id: string }) => id))
      }
      for (const now of steps) {
        if (now.do === 'publish') {
          const deliver_at = now.after ? new Date(clock.now() + now.after).toISOString() : undefined
          published.push((await ask({ op: 'publish', value: published.length, deliver_at })).message_id)
        } else if (now.do === 'subscribe') await take(now.max)
        else if (now.do === 'ack') {
          const { messages } = await ask({ op: 'peek', from_cursor: undefined, max_messages: 100 })
          const unread = messages.filter(({ id }: { id: string }) => !delivered.includes(id)).slice(0, now.max)
          const upTo = unread.at(-1)
          if (!upTo) continue
          const page = await ask({ op: 'peek', max_messages: delivered.length + unread.length })
          expect(page.messages.at(-1).id).toBe(upTo.id)
          await ask({ op: 'ack', cursor: page.next_cursor })
          delivered.push(...unread.map(({ id }: { id: string }) => id))
        } else if (now.do === 'clock') clock.set(clock.now() + now.by)
        else call = some.as(await some.reopen())
      }
      clock.set(clock.now() + 1_000_000)
      while (delivered.length < published.length) {
        const before = delivered.length
        await take(100)
        if (delivered.length === before) break
      }
      expect(new Set(delivered).size).toBe(delivered.length)
      expect([...delivered].sort()).toEqual([...published].sort())
      const { messages } = await ask({ op: 'peek', max_messages: 100 })
      expect(delivered).toEqual(messages.map(({ id }: { id: string }) => id))
    }),
    { numRuns: 60 },
  )
}, 60_000)

it('a deferred message never comes before what was read already', async () => {
  const clock = settableClock(noon)
  const { ask } = await someChannels([aChannel('work')], { clock })
  await ask({ op: 'publish', channel: 'work', value: 'later', deliver_at: new Date(noon + 1000).toISOString() })
  clock.set(noon + 2000)
  await ask({ op: 'subscribe', channel: 'work' })
  clock.set(noon + 500)
  await ask({ op: 'publish', channel: 'work', value: 'new' })
  expect((await ask({ op: 'subscribe', channel: 'work' })).messages).toMatchObject([{ value: 'new' }])
})
