import type { AgentEvent } from '../types.ts'
import { type Answer, plain, type RecordedRequest } from './recording-fetch.ts'
import { agent, byteLength, type Ending, firstBytes, frame, session, streamOf } from './streams.ts'

export interface Cut {
  /** Bytes of the answer that arrive; all of them without it. */
  at?: number
  ending: Ending
}

/**
 * A server with one finished run whose connections break where `cutOf` says, by number of the connection.
 * As on the real one, who starts a run that is not interactive is not told again what they said; all others are.
 */
export function fakeRun(events: AgentEvent[], cutOf: (connection: number) => Cut | undefined): Answer {
  return (request, connection) => {
    const { pathname, searchParams } = new URL(request.url)
    const fromSeq = Number(searchParams.get('from_seq') ?? 0)
    if (request.method === 'GET' && pathname !== '/v1/runs/r_1/stream') return plain('no such run\n', 404)
    const greeting = request.method === 'POST' ? session + agent : agent
    const told = isStart(request) ? events : [openingOf(events), ...events]
    const later = told.filter((event) => (event.seq ?? 0) > fromSeq).map(toFrame)
    const text = greeting + later.join('')
    const cut = cutOf(connection)
    return streamOf([firstBytes(text, cut?.at ?? byteLength(text))], cut?.ending ?? 'end')
  }
}

function isStart({ method, body }: RecordedRequest): boolean {
  return method === 'POST' && !(body as { interactive?: boolean }).interactive
}

/** The turn a run began with, as it is replayed: the event before its first. */
export function openingOf([first]: AgentEvent[]): AgentEvent {
  return { type: 'steer', user_input: { text: 'hi', source: 'replay' }, seq: (first?.seq ?? 1) - 1 }
}

export function toFrame({ type, seq, ...members }: AgentEvent): string {
  return frame(type, members, seq)
}

/** A run with reasoning, tools and letters of one to four bytes. */
export const talk: AgentEvent[] = numbered([
  { type: 'started' },
  { type: 'thinking', text: 'hm' },
  { type: 'text', text: 'grüß ' },
  { type: 'text', text: '世界 👋' },
  { type: 'tool_call', tool_use: { id: 't1', name: 'Memory', input: { op: 'get', scope: 'user', key: 'k' } } },
  { type: 'usage', usage: { input_tokens: 3, output_tokens: 4 } },
  { type: 'tool_result', tool_use: { id: 't1', name: 'Memory', input: {} }, text: '{"value":null}' },
  { type: 'text', text: 'done\nwith it' },
  { type: 'done', stop_reason: 'end_turn', usage: { input_tokens: 3, output_tokens: 4 } },
])

/** Seqs belong to the session: this run is not its first. */
export function numbered(events: AgentEvent[], after = 7): AgentEvent[] {
  return events.map((event, index) => ({ ...event, seq: after + index + 1 }))
}
