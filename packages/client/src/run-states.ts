import { type Http, path } from './http.ts'
import { SseParser } from './sse.ts'
import type { RunStateStreamItem, StreamUserRunStatesOptions } from './types.ts'

/** A user's runs as they change. Ends with the server's stream, which has no past: whoever asks again lists first. */
export async function* userRunStates(
  http: Http,
  userId: string,
  opts: StreamUserRunStatesOptions = {},
): AsyncGenerator<RunStateStreamItem, void, undefined> {
  const query = {
    status: opts.statuses?.length ? opts.statuses.join(',') : undefined,
    agent: opts.agent,
    phases: opts.phases ? 'true' : undefined,
  }
  const res = await http.ok('GET', path`/v1/users/${userId}/agents/stream`, {
    query,
    accept: 'text/event-stream',
    signal: opts.signal,
  })
  if (!res.body) throw new Error('the answer has no body')
  const reader = res.body.getReader()
  const parser = new SseParser()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      for (const frame of parser.push(value)) {
        const item = itemOf(frame.event, frame.data)
        if (item && belongs(item, opts.parentAgentId)) yield item
      }
    }
  } catch (err) {
    if (opts.debug) yield { kind: 'close', payload: { reason: err instanceof Error ? err.name : 'error' } }
    throw err
  } finally {
    reader.cancel().catch(() => {})
  }
  if (opts.debug) yield { kind: 'close', payload: { reason: 'eof' } }
}

function itemOf(event: string, data: string): RunStateStreamItem | undefined {
  const kind = event === 'stream_open' ? 'open' : event === 'run_state' ? 'event' : undefined
  if (!kind) return undefined
  try {
    return { kind, payload: JSON.parse(data) }
  } catch {
    return undefined
  }
}

function belongs(item: RunStateStreamItem, parentAgentId: string | undefined): boolean {
  return !parentAgentId || item.kind !== 'event' || item.payload.parent_agent_id === parentAgentId
}
