import { expect, it } from 'vitest'
import { Bus } from '../../ground/bus.ts'
import { silence } from '../../ground/telemetry/telemetry.ts'
import { settableClock } from '../channels/testing/some-channels.ts'
import { Presence } from './presence.ts'

const place = { tenantId: 't', scope: 'user', scopeId: 'ada' } as const

function aPresence() {
  const clock = settableClock(1000)
  const presence = new Presence({ clock, bus: new Bus(), telemetry: silence })
  const told: string[][] = []
  const people = () =>
    presence.of(place, 'd').people.map(({ user_id, chunk_id = '' }) => `${user_id} ${chunk_id}`.trim())
  presence.follow(place, 'd', () => void told.push(people()))
  const say = (userId: string, more: object = {}) =>
    presence.say(place, { documentId: 'd', userId, clientId: '1', ...more })
  return { clock, presence, told, people, say }
}

it('who has a document open is told when somebody comes, opens a card, or goes', () => {
  const { told, say } = aPresence()
  say('ada')
  say('bob', { chunkId: 'c' })
  say('ada')
  say('ada', { chunkId: 'c' })
  say('bob', { gone: true })
  say('bob', { gone: true })
  expect(told).toEqual([['ada'], ['ada', 'bob c'], ['ada c', 'bob c'], ['ada c']])
})

it('whoever says nothing for 30 s is gone, and those who do are not', async () => {
  const { clock, told, say, people } = aPresence()
  say('ada')
  say('bob')
  clock.set(20_000)
  say('ada')
  clock.set(30_999)
  expect(people()).toEqual(['ada', 'bob'])
  clock.set(31_000)
  await expect.poll(() => told.at(-1)).toEqual(['ada'])
  clock.set(50_000)
  await expect.poll(() => told.at(-1)).toEqual([])
  expect(clock.timers()).toBe(0)
})

it('many windows of one document are bounded, and other documents hear nothing', () => {
  const { presence, people, say } = aPresence()
  let heard = 0
  presence.follow(place, 'other', () => heard++)
  for (let i = 0; i < 300; i++) say('ada', { clientId: `${i}` })
  expect(people()).toHaveLength(200)
  expect(heard).toBe(0)
})
