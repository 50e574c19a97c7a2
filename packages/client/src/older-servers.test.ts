import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { type Answer, collect, collectToFailure, json, recordingFetch } from './testing/recording-fetch.ts'
import { streamOf } from './testing/streams.ts'
import { TestEnvironment } from './testing/test-environment.ts'

function setUp(answer: Answer, resume = false) {
  const warnings: string[] = []
  const onWarning = (warning: string) => void warnings.push(warning)
  const { fetch } = recordingFetch(answer)
  return { client: new LoomcycleClient({ fetch, environment: new TestEnvironment(), resume, onWarning }), warnings }
}

const picture = { type: 'image' as const, media_type: 'image/png' as const, data: 'AAAA' }
const input = { text: 'look', segments: [{ role: 'user' as const, content: [picture] }] }

describe('what an older server leaves out is said', () => {
  test('of an input', async () => {
    const older = setUp(() => json({ run_id: 'r_1', delivered: true }))
    await older.client.sendRunInput('r_1', input)
    expect(older.warnings).toEqual([expect.stringContaining('the text only')])
    await older.client.sendRunInput('r_1', 'just words')
    expect(older.warnings).toHaveLength(1)

    const newer = setUp(() => json({ run_id: 'r_1', delivered: true, input_id: 'i_1' }))
    await newer.client.sendRunInput('r_1', input)
    expect(newer.warnings).toEqual([])
  })

  test('of a copy', async () => {
    const copied = { new_session_id: 's_2', seed_run_id: 'r_2', events_copied: 9, compacted: false }
    const older = setUp(() => json(copied))
    await older.client.replaySession('s_1', { agent: 'a', untilSeq: 3 })
    expect(older.warnings).toEqual([expect.stringContaining('the whole session')])
    await older.client.replaySession('s_1', { agent: 'a' })
    expect(older.warnings).toHaveLength(1)
    const newer = setUp(() => json({ ...copied, until_seq: 3 }))
    await newer.client.replaySession('s_1', { agent: 'a', untilSeq: 3 })
    expect(newer.warnings).toEqual([])
  })

  test('of changes, where they are not told', async () => {
    const off = () => streamOf(['event: feed\ndata: {"enabled":false,"since":0}\n\n'], 'hang')
    for (const follow of ['documentChanges', 'memoryChanges'] as const) {
      const { failure } = await collectToFailure<unknown>(setUp(off, true).client[follow]())
      expect(failure).toMatchObject({ name: 'LoomcycleError', code: 'feed_off' })
    }
  })
})

describe('what an older server does not do is done here', () => {
  const events = [3, 7, 8, 12].map((seq) => ({ seq, run_id: 'r', ts_ns: 0, type: 'text', event: {} }))
  const seqs = async (opts: { limit?: number; beforeSeq?: number }) => {
    const { client } = setUp(() => json({ session: {}, events }))
    const transcript = await client.getTranscript('s_1', opts)
    return { seqs: transcript.events.map(({ seq }) => seq), more: transcript.has_more }
  }

  test('a transcript has as many events as were asked for', async () => {
    expect(await seqs({ limit: 2 })).toEqual({ seqs: [8, 12], more: true })
    expect(await seqs({ limit: 2, beforeSeq: 8 })).toEqual({ seqs: [3, 7], more: false })
    expect(await seqs({ limit: 9 })).toEqual({ seqs: [3, 7, 8, 12], more: undefined })
    expect(await seqs({})).toEqual({ seqs: [3, 7, 8, 12], more: undefined })
  })

  test('changes that are numbered by what they say come once', async () => {
    const frame = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    const change = (seq: number) => frame('change', { type: 'memory.set', seq, scope: 'user', scope_id: 'a', key: 'k' })
    const { client } = setUp(() =>
      streamOf([frame('feed', { enabled: true, since: 4 }), change(4), change(5), change(6)]),
    )
    const told = await collect(client.memoryChanges())
    expect(told.map(({ seq }) => seq)).toEqual([5, 6])
  })
})
