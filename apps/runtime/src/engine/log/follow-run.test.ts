import { expect, it } from 'vitest'
import { tempDatabase } from '../../testing/temp-database.ts'
import { followRun } from './follow-run.ts'
import { Publisher } from './publisher.ts'
import { insertEvent, type LoggedEvent } from './store.ts'

const event = (seq: number, type = 'text'): LoggedEvent => ({
  seq,
  run_id: 'r',
  at: 0,
  type,
  payload: JSON.stringify({ type }),
})

/** A reader that writes down the numbers of what it is sent, and a run to follow. */
async function aFollowed(options: { afterSeq?: number; hasEnded?: () => Promise<boolean> } = {}) {
  const db = await tempDatabase()
  const publisher = new Publisher()
  const closed = new AbortController()
  const sent: number[] = []
  const waiting: { seq: number; resolve: () => void }[] = []
  const sink = {
    closed: closed.signal,
    isBehind: false,
    drained: async () => {},
    write(bytes: Buffer | string) {
      sent.push(...[...String(bytes).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)))
      for (const { seq, resolve } of waiting) if (sent.includes(seq)) resolve()
    },
  }
  const store = async (...rows: LoggedEvent[]) => db.write(rows.map((row) => insertEvent('t', 's', row)))
  return {
    sink,
    sent,
    store,
    publish: (...rows: LoggedEvent[]) => publisher.publish('r', rows),
    follow: () =>
      followRun(sink, {
        db,
        publisher,
        sessionId: 's',
        runId: 'r',
        afterSeq: options.afterSeq ?? 0,
        hasEnded: options.hasEnded ?? (async () => closed.signal.aborted),
      }),
    leave: () => closed.abort(),
    until: (seq: number) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (sent.includes(seq)) resolve()
      waiting.push({ seq, resolve })
      return promise
    },
    /** Whoever reads has read all there is, and waits for more. */
    caughtUp: () => new Promise(setImmediate),
  }
}

it('sends once what it has read from the log before it was told of it', async () => {
  const { store, publish, follow, until, leave, caughtUp, sent } = await aFollowed()
  await store(event(1), event(2))
  const followed = follow()
  await caughtUp()
  publish(event(1), event(2))
  await store(event(3))
  publish(event(3))
  await until(3)
  leave()
  await followed
  expect(sent).toEqual([1, 2, 3])
})

it('jumps over nothing that another process wrote and was not told of here', async () => {
  const { store, publish, follow, until, leave, caughtUp, sent } = await aFollowed()
  await store(event(1))
  const followed = follow()
  await until(1)
  await caughtUp()
  await store(event(2), event(3))
  publish(event(3))
  await until(3)
  leave()
  await followed
  expect(sent).toEqual([1, 2, 3])
})

it('begins behind the cursor', async () => {
  const { store, follow, until, leave, sent } = await aFollowed({ afterSeq: 2 })
  await store(event(1), event(2), event(3))
  const followed = follow()
  await until(3)
  leave()
  await followed
  expect(sent).toEqual([3])
})

it('hands nothing to a reader that is behind, which reads it from the log once it has caught up', async () => {
  const { sink, store, publish, follow, until, leave, caughtUp, sent } = await aFollowed()
  await store(event(1))
  const followed = follow()
  await until(1)
  sink.isBehind = true
  const drained = Promise.withResolvers<void>()
  sink.drained = () => drained.promise
  await store(event(2), event(3))
  publish(event(2))
  publish(event(3))
  await caughtUp()
  expect(sent).toEqual([1])
  sink.isBehind = false
  drained.resolve()
  await until(3)
  leave()
  await followed
  expect(sent).toEqual([1, 2, 3])
})

it('jumps over nothing when the reader catches up between two events', async () => {
  const { sink, store, publish, follow, until, leave, caughtUp, sent } = await aFollowed()
  await store(event(1))
  const followed = follow()
  await caughtUp()
  await store(event(2), event(3))
  sink.isBehind = true
  publish(event(2))
  sink.isBehind = false
  publish(event(3))
  await until(3)
  leave()
  await followed
  expect(sent).toEqual([1, 2, 3])
})

it('misses nothing that comes while it asks whether the run has ended', async () => {
  let comes: (() => Promise<void>) | undefined
  const hasEnded = async () => {
    await comes?.()
    return false
  }
  const { store, publish, follow, until, leave, sent } = await aFollowed({ hasEnded })
  await store(event(1))
  comes = async () => {
    comes = undefined
    await store(event(2))
    publish(event(2))
  }
  const followed = follow()
  await until(2)
  leave()
  await followed
  expect(sent).toEqual([1, 2])
})

it('misses nothing that comes while its reader catches up with the last page', async () => {
  const { sink, store, publish, follow, until, leave, sent } = await aFollowed()
  await store(event(1))
  sink.drained = async () => {
    sink.drained = async () => {}
    await store(event(2))
    publish(event(2))
  }
  const followed = follow()
  await until(2)
  leave()
  await followed
  expect(sent).toEqual([1, 2])
})

it('ends with the run, after its last event', async () => {
  let ended = false
  const { store, publish, follow, caughtUp, sent } = await aFollowed({ hasEnded: async () => ended })
  await store(event(1))
  const followed = follow()
  await caughtUp()
  await store(event(2, 'done'))
  ended = true
  publish(event(2, 'done'))
  await followed
  expect(sent).toEqual([1, 2])
})

it('ends with a run whose end was stored after it was asked for, and is told after it was read', async () => {
  let ended = false
  const hasEnded = async () => {
    if (ended) return true
    await run.store(event(1, 'done'))
    ended = true
    return false
  }
  const run = await aFollowed({ hasEnded })
  const { publish, follow, caughtUp, sent } = run
  const followed = follow()
  await caughtUp()
  publish(event(1, 'done'))
  await followed
  expect(sent).toEqual([1])
})
