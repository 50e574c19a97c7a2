import { describe, expect, it } from 'vitest'
import { SAMPLE_PATH, tryAddSample } from '../src/areas/sample/add-sample.ts'
import { plannedFor } from '../src/areas/sample/dates.ts'
import { systemClock } from '../src/ground/clock.ts'
import { createScriptedProvider } from '../src/models/providers/scripted/index.ts'
import { launchModels } from '../src/models/providers/scripted/launch/index.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const day = (date: string) => plannedFor(date, Date.now())
const scheduled = `SELECT * FROM chunks WHERE type='publication' AND status='scheduled' AND date <= '${day('2026-06-30')}'`

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Answer = any

async function startWithSample(before?: (runtime: TestRuntime) => Promise<void>) {
  const models = Object.entries(launchModels).map(([name, model]): [string, ScriptedModel] => [
    name,
    async (request) => {
      const turn = await model(request)
      if (turn.tool_calls?.some(({ input }) => (input as { op: string }).op === 'update_chunk')) await before?.(runtime)
      return { ...turn, pace: { chunk_chars: 1000, delay_ms: 0 } }
    },
  ])
  const scripted = createScriptedProvider({ clock: systemClock, models: Object.fromEntries(models) })
  const runtime: TestRuntime = await startRuntime({ providers: [scripted] })
  await tryAddSample(runtime.ctx.documents, runtime.ctx.telemetry)
  return { runtime, ask: asker(runtime) }
}

function asker({ url }: TestRuntime) {
  return async (op: string, input: object = {}): Promise<Answer> => {
    const response = await fetch(`${url}/v1/_document`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ op, ...input }),
    })
    return response.json()
  }
}

async function run(runtime: TestRuntime, agent: string, text: string) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say(text) }))
  await reader.toEnd()
  expect(reader.types()).toContain('done')
  return reader
}

async function countsOf(ask: ReturnType<typeof asker>): Promise<Record<string, number>> {
  const sql = `SELECT status, count(*) FROM chunks WHERE type = 'publication' GROUP BY status`
  return Object.fromEntries((await ask('query_chunks', { sql })).rows)
}

describe('the launch plan', () => {
  it('goes from scheduled to drafted by an agent, which is remembered, and into a report of another', async () => {
    const { runtime, ask } = await startWithSample()
    expect((await ask('query_chunks', { sql: scheduled })).rows).toHaveLength(9)
    expect(await countsOf(ask)).toEqual({ scheduled: 12, drafted: 4, posted: 2 })

    const drafting = await run(runtime, 'launch/drafter', 'Draft the next one')
    expect(drafting.text()).toContain('One board for people and agents')
    expect(drafting.text()).toContain('script')
    expect(await countsOf(ask)).toEqual({ scheduled: 11, drafted: 5, posted: 2 })
    const { chunks } = await ask('query_chunks', { text: 'people and agents', status: 'drafted', include: ['body'] })
    const drafted = chunks.find(({ title }: { title: string }) => title === 'One board for people and agents')
    expect(drafted).toMatchObject({ revision: 2, body: expect.stringMatching(/^Two minutes .*\*\*Draft for video/s) })
    const { revisions } = await ask('history', { id: drafted.id })
    expect(revisions[0]).toMatchObject({
      actor_ref: { kind: 'agent', id: 'launch/drafter', run_id: expect.any(String) },
    })

    const reporting = await run(runtime, 'launch/reporter', 'How far are we?')
    for (const text of [reporting.text(), await reportIn(ask)]) {
      expect(text).toContain('2 of 18 publications are posted')
      expect(text).toMatch(/`scheduled` \| 11 \|\n\| `drafted` \| 5 \|\n\| `posted` \| 2 \|\n\| all \| 18 \|/)
    }
    await run(runtime, 'launch/drafter', 'draft 2')
    await run(runtime, 'launch/reporter', 'again')
    expect(await reportIn(ask)).toMatch(/`scheduled` \| 9 \|\n\| `drafted` \| 7 \|/)
    expect(await ask('get_document', { path: SAMPLE_PATH })).toMatchObject({ chunk_count: 49 })
  })

  it('is read again by the drafter where a person was faster, and keeps what the person wrote', async () => {
    let hurry = true
    const { runtime, ask } = await startWithSample(async () => {
      if (!hurry) return
      hurry = false
      const { chunks } = await ask('query_chunks', { sql: undefined, type: 'publication', status: 'scheduled' })
      const chunk = chunks.find(({ title }: { title: string }) => title === 'One board for people and agents')
      await ask('update_chunk', { id: chunk.id, revision: 1, body: 'Three minutes, with a voice.' })
    })
    const reader = await run(runtime, 'launch/drafter', 'draft')
    expect(reader.text()).toContain('faster')
    const { chunks } = await ask('query_chunks', { text: 'minutes voice', type: 'publication', include: ['body'] })
    expect(chunks).toMatchObject([
      { status: 'drafted', revision: 3, body: expect.stringMatching(/^Three minutes, with a voice\./) },
    ])
  })

  it('stays deleted after a restart, and its agents say that there is nothing to do', async () => {
    const { runtime, ask } = await startWithSample()
    await ask('delete_document', { path: SAMPLE_PATH })
    const again = await runtime.restart()
    await tryAddSample(again.ctx.documents, again.ctx.telemetry)
    expect((await asker(again)('documents_summary')).documents).toEqual([])
    expect((await run(again, 'launch/drafter', 'draft')).text()).toContain('Nothing that fits')
    const asked = `The card is the chunk ${'0'.repeat(32)}.`
    expect((await run(again, 'launch/drafter', asked)).text()).toContain('This card is not scheduled')
    expect((await run(again, 'launch/reporter', 'report')).text()).toContain('no document')
  })

  it('is watched by the reporter, who counts again whenever somebody else has done something', async () => {
    const { runtime, ask } = await startWithSample()
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'launch/reporter', segments: say('watch') }))
    const waits = () => reader.until('tool_call', ({ tool_use }) => tool_use?.name === 'Channel')
    await waits()
    expect(await reportIn(ask)).toContain('2 of 18 publications are posted')
    const { chunks } = await ask('query_chunks', { type: 'publication', status: 'drafted', limit: 1 })
    await ask('move_card', { id: chunks[0].id, status: 'posted' })
    // What it wrote itself wakes it, too, and is no news.
    let report = ''
    while (!report.includes('3 of 18 publications are posted')) {
      await waits()
      report = await reportIn(ask)
    }
    expect(report).toContain(`Worked on this week:\n\n- \`${chunks[0].title}\` is posted`)
  })

  it('is left where it is by the drafter while a column has no more room', async () => {
    const { runtime, ask } = await startWithSample()
    const { chunks } = await ask('query_chunks', { type: 'loom/board', include: ['fields'] })
    const [{ id, revision, fields }] = chunks
    const columns = fields.columns.map((column: Answer) => ({ ...column, ...(column.limit ? { limit: 4 } : {}) }))
    await ask('update_chunk', { id, revision, set_fields: { columns } })
    const reader = await run(runtime, 'launch/drafter', 'Draft the next one')
    expect(reader.text()).toContain('I drafted nothing')
    expect(await countsOf(ask)).toEqual({ scheduled: 12, drafted: 4, posted: 2 })
  })

  it('is drafted by the date or the card that is named', async () => {
    const { runtime, ask } = await startWithSample()
    await run(runtime, 'launch/drafter', `draft what is due by ${day('2026-06-17')}`)
    expect(await countsOf(ask)).toMatchObject({ scheduled: 10, drafted: 6 })
    const { chunks } = await ask('query_chunks', { text: 'What comes next', type: 'publication' })
    await run(runtime, 'launch/drafter', `draft ${chunks[0].id}`)
    expect(await ask('get_chunk', { id: chunks[0].id })).toMatchObject({ status: 'drafted', revision: 2 })
    expect((await run(runtime, 'launch/drafter', `draft by ${day('2026-06-17')}`)).text()).toContain('is scheduled')
  })
})

async function reportIn(ask: ReturnType<typeof asker>): Promise<string> {
  const { chunks } = await ask('query_chunks', { type: 'report', include: ['body'] })
  expect(chunks).toHaveLength(1)
  return chunks[0].body
}
