import { expect, it } from 'vitest'
import { tempDatabase } from '../testing/temp-database.ts'
import { followRun } from './follow-run.ts'
import { Publisher } from './publisher.ts'
import { insertEvent, type LoggedEvent } from './store.ts'

const text = (seq: number): LoggedEvent => ({ seq, run_id: 'r', at: 0, type: 'text', payload: '{"type":"text"}' })

it('sends once what it has read from the log before it was told of it', async () => {
  const db = await tempDatabase()
  const publisher = new Publisher()
  const store = (row: LoggedEvent) => db.write([insertEvent('t', 's', row)])
  const closed = new AbortController()
  const sent: string[] = []
  const third = Promise.withResolvers<void>()
  const sink = {
    closed: closed.signal,
    isBehind: false,
    drained: async () => {},
    write(bytes: Buffer | string) {
      sent.push(...[...String(bytes).matchAll(/^id: (\d+)$/gm)].map(([, id]) => id!))
      if (sent.at(-1) === '3') third.resolve()
    },
  }
  await store(text(1))
  await store(text(2))
  const followed = followRun(sink, {
    db,
    publisher,
    sessionId: 's',
    runId: 'r',
    afterSeq: 0,
    hasEnded: async () => closed.signal.aborted,
  })
  await new Promise(setImmediate)
  publisher.publish('r', [text(1), text(2)])
  await store(text(3))
  publisher.publish('r', [text(3)])
  await third.promise
  closed.abort()
  await followed
  expect(sent).toEqual(['1', '2', '3'])
})
