import { describe, it } from 'vitest'
import { everyCrash } from '../../testing/every-crash.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
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
