import { describe, expect, it } from 'vitest'
import { findRun } from '../../engine/rows/runs.ts'
import { startToolCall } from '../../engine/rows/tool-calls.ts'
import { asked, ask as question } from '../../testing/asking.ts'
import { everyCrash } from '../../testing/every-crash.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { aCaller, aRunCaller } from '../../tools/testing/a-caller.ts'
import { createChannel } from './manage.ts'
import { aChannel, someChannels } from './testing/some-channels.ts'

const declared = [aChannel('work', { maxMessages: 2 }), aChannel('other')]
const tables = ['channel_messages', 'channel_cursors', 'channel_waiters', 'channel_waits', 'tool_calls']

const ops = {
  publish: { op: 'publish', channel: 'work', value: 3 },
  broadcast: { op: 'broadcast', channels: ['work', 'other'], value: 3 },
  subscribe: { op: 'subscribe', channel: 'work' },
}

describe('a process that dies in the middle of', () => {
  it.each(Object.entries(ops))('%s leaves all of it or nothing', async (_, input) => {
    const db = await tempDatabase()
    const { ask } = await someChannels(declared, { db })
    for (const value of [1, 2]) await ask({ op: 'publish', channel: 'work', value })
    await everyCrash(db, tables, async (dying) => (await someChannels(declared, { db: dying })).ask(input))
  })
})

it('what an op did and what it answered are on disk together, with the call', async () => {
  const { runtime, runId } = await asked([question('Which?')])
  const { db, channels, ops: served } = runtime.ctx
  await createChannel(channels.ctx, aCaller(), { name: 'work' })
  const { leaseEpoch } = (await findRun(db, runId))!
  await db.write([startToolCall({ id: runId, leaseEpoch }, 'call_1', 'Channel', 0)])
  const agent = { channels: { publish: ['work'], subscribe: [] } }
  const answer = await served.get('Channel')!.dispatch(aRunCaller({ runId, agent }), ops.publish)
  const [kept] = await db.all<{ state: string; answer: string }>(
    `select state, answer from tool_calls where tool_use_id = 'call_1'`,
    [],
  )
  expect(kept?.state).toBe('answered')
  expect(JSON.parse(JSON.parse(kept!.answer).text)).toEqual(answer)
})
