import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { errorFromResponse } from './error-from-response.ts'
import { collect, json, recordingFetch } from './testing/recording-fetch.ts'
import { firstBytes, streamOf } from './testing/streams.ts'

const folder = new URL('../../proto/fixtures/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

/** The stream's events, read in pieces of `size` bytes. */
async function replay(name: string, size = 1 << 20) {
  const bytes = firstBytes(read(name), Number.POSITIVE_INFINITY)
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size))
  const { fetch, requests } = recordingFetch(() => streamOf(pieces))
  const events = await collect(new LoomcycleClient({ fetch }).streamRunByID('r_1'))
  expect(requests).toHaveLength(1)
  return events
}

test('a run with reasoning, parallel tools and a retry', async () => {
  const events = await replay('run-stream.sse')
  expect(events.map((event) => event.type)).toEqual([
    'session',
    'agent',
    'started',
    'thinking',
    'thinking',
    'text',
    'tool_call',
    'tool_call',
    'usage',
    'tool_result',
    'tool_result',
    'retry',
    'text',
    'text',
    'usage',
    'done',
  ])
  expect(events[2]?.seq).toBe(3)
  expect(events.at(-1)).toMatchObject({ seq: 16, stop_reason: 'end_turn', usage: { output_tokens: 104 } })
})

test('an interactive run that is stopped, steered and ended', async () => {
  const events = await replay('interactive-stream.sse')
  expect(events.find((event) => event.user_input?.source === 'webui')?.user_input?.input_id).toBe('in_1')
  expect(events.at(-1)?.type).toBe('done')
})

test('a gap says what is missing', async () => {
  const [, gap] = await replay('gap-stream.sse')
  expect(gap).toEqual({ type: 'gap', gap: { oldest_seq: 500 } })
})

test('a server that does not number its frames', async () => {
  const events = await replay('unnumbered-stream.sse')
  expect(events.map((event) => event.type)).toEqual(['session', 'agent', 'started', 'text', 'limit', 'usage', 'done'])
  expect(events.some((event) => 'seq' in event)).toBe(false)
})

test('reads the same events from pieces of any size', async () => {
  for (const name of ['run-stream.sse', 'interactive-stream.sse', 'unnumbered-stream.sse']) {
    const whole = await replay(name)
    for (const size of [1, 2, 3, 7, 64]) expect(await replay(name, size)).toEqual(whole)
  }
})

test('a transcript with a page’s edge and the latest run', async () => {
  const { request, response } = JSON.parse(read('transcript.json'))
  const { fetch, requests } = recordingFetch(() => json(response.body))
  const id = request.path.split('/')[3]
  const transcript = await new LoomcycleClient({ fetch }).getTranscript(id, { limit: 5 })
  expect(requests[0]?.path).toBe(request.path)
  expect(transcript.latest_run?.status).toBe('completed')
  expect(transcript.events.at(-1)?.seq).toBe(5)
})

test('errors in both envelopes', async () => {
  for (const { response, error } of JSON.parse(read('errors.json'))) {
    const body = typeof response.body === 'string' ? response.body : JSON.stringify(response.body)
    const failure = await errorFromResponse(new Response(body, { status: response.status, headers: response.headers }))
    expect(failure).toMatchObject({ ...error, status: response.status })
  }
})

test('a run that asks a person and a sub-agent', async () => {
  for (const size of [1 << 20, 7]) {
    const events = await replay('team-stream.sse', size)
    expect(events.find((event) => event.type === 'child')).toMatchObject({ run_id: 'r_8877665544332211', seq: 4 })
    expect(events.find((event) => event.type === 'interruption_resolved')?.interruption).toMatchObject({
      answer: 'Leaf',
    })
    expect(events.at(-1)).toMatchObject({ type: 'done', seq: 19 })
  }
})
