import type { RunEvent } from '@loomcycle/proto'
import type { LoggedEvent, Part, RunView, UnlistedEvent } from './types.ts'

/** Small makers for tests: events with consecutive seqs, 100 ms apart. */
export function aLog(runId = 'r1') {
  let seq = 0
  let now = 1_000_000
  return {
    log(...events: (RunEvent | UnlistedEvent)[]): LoggedEvent[] {
      return events.map((event) => ({ seq: ++seq, runId, at: (now += 100), event }))
    },
    wait(ms: number) {
      now += ms
    },
  }
}

export const steer = (text: string, input_id?: string): RunEvent => ({
  type: 'steer',
  user_input: { text, source: 'replay', ...(input_id ? { input_id } : {}) },
})
export const text = (delta: string): RunEvent => ({ type: 'text', text: delta })
export const thinking = (delta: string): RunEvent => ({ type: 'thinking', text: delta })
export const call = (id: string, name = 'Memory', input: unknown = {}): RunEvent => ({
  type: 'tool_call',
  tool_use: { id, name, input },
})
export const result = (id: string, answer = 'ok', is_error = false, name = 'Memory'): RunEvent => ({
  type: 'tool_result',
  tool_use: { id, name, input: {} },
  text: answer,
  ...(is_error ? { is_error } : {}),
})
export const usage = (input_tokens = 100, output_tokens = 20, more: object = {}): RunEvent => ({
  type: 'usage',
  usage: { input_tokens, output_tokens, ...more },
})
export const parked: RunEvent = { type: 'awaiting_input', awaiting_input: { since_turn: 1 } }
export const stopped: RunEvent = { type: 'turn_cancelled', turn_cancelled: { since_turn: 1 } }
export const question = (interrupt_id: string, asked = 'Which one?'): UnlistedEvent => ({
  type: 'interruption_pending',
  interruption: { interrupt_id, question: asked, options: ['a', 'b'], priority: 'normal' },
})

/** `text:Hello tool:done:c1 …`, a turn a line: what a test wants to see at a glance. */
export function sketch(view: RunView): string[] {
  return view.turns.map((turn) =>
    [turn.input ? `> ${turn.input.text} |` : '|', ...turn.parts.map(sketchPart), `(${turn.status})`].join(' '),
  )
}

function sketchPart(part: Part): string {
  if (part.kind === 'tool') return `tool:${part.state}:${part.callId}`
  if (part.kind === 'question') return `question:${part.state}:${part.interruptId}`
  if (part.kind === 'compaction') return `compaction:${part.before}→${part.after}`
  return `${part.kind}:${part.text}`
}
