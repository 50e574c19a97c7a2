import { expect, it } from 'vitest'
import { ChangeFeed } from './change-feed.ts'
import { type Change, followChanges } from './follow-changes.ts'

/** A log of changes in memory, and a reader that writes down what it is sent. */
function aFollowed() {
  const feed = new ChangeFeed()
  const changes: Change[] = []
  const closed = new AbortController()
  const sent: number[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const log = {
    /** Happens between reading the log and hearing what was read. */
    meanwhile: () => {},
    announce: () => feed.announce('log'),
    add: (count = 1) => {
      for (let i = 0; i < count; i++) changes.push({ seq: changes.length + 1 })
      feed.announce('log')
    },
  }
  return {
    log,
    changes,
    sent,
    feed,
    follow: (since = 0) =>
      followChanges(
        {
          closed: closed.signal,
          drained: async () => {},
          write(text) {
            sent.push(...[...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)))
            for (const { count, resolve } of waiting) if (sent.length >= count) resolve()
          },
        },
        {
          feed,
          log: 'log',
          since,
          async list(after, limit) {
            const page = changes.filter(({ seq }) => seq > after).slice(0, limit)
            log.meanwhile()
            return page
          },
        },
      ),
    leave: () => closed.abort(),
    untilSent: (count: number) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (sent.length >= count) resolve()
      waiting.push({ count, resolve })
      return promise
    },
    idle: () => new Promise(setImmediate),
  }
}

it('misses no change that comes between reading and waiting', async () => {
  const { log, follow, leave, untilSent, sent } = aFollowed()
  log.meanwhile = () => {
    log.meanwhile = () => {}
    log.add()
  }
  const followed = follow()
  await untilSent(1)
  leave()
  await followed
  expect(sent).toEqual([1])
})

it('reads on after a full page, and sends what comes later as it comes', async () => {
  const { log, follow, leave, untilSent, idle, sent } = aFollowed()
  log.add(450)
  const followed = follow(40)
  await untilSent(410)
  await idle()
  log.add()
  await untilSent(411)
  leave()
  await followed
  expect(sent).toEqual(Array.from({ length: 411 }, (_, i) => i + 41))
})

it('goes on for one reader when another one leaves', async () => {
  const { log, feed, follow, leave, untilSent, idle, sent } = aFollowed()
  const unfollow = feed.follow('log', () => {})
  const followed = follow()
  await idle()
  unfollow()
  log.add()
  await untilSent(1)
  leave()
  await followed
  expect(sent).toEqual([1])
})

it('makes a frame once, however many follow', async () => {
  const { log, changes, follow, leave, untilSent } = aFollowed()
  let made = 0
  const toJSON = () => ({ made: ++made })
  const followed = [follow(), follow(), follow()]
  changes.push(Object.assign({ seq: 1 }, { toJSON }))
  log.announce()
  await untilSent(3)
  leave()
  await Promise.all(followed)
  expect(made).toBe(1)
})
