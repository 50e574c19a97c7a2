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
export const textWasThinking: RunEvent = { type: 'text_was_thinking' }
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
export const parkedAfter = (stop_reason: string): RunEvent => ({
  type: 'awaiting_input',
  awaiting_input: { since_turn: 1, stop_reason },
})
export const stopped: RunEvent = { type: 'turn_cancelled', turn_cancelled: { since_turn: 1 } }
export const question = (interrupt_id: string, tool_use_id?: string, more: object = {}): RunEvent => ({
  type: 'interruption_pending',
  interruption: {
    interrupt_id,
    kind: 'question',
    question: 'Which one?',
    options: ['a', 'b'],
    priority: 'normal',
    ...(tool_use_id ? { tool_use_id } : {}),
    ...more,
  },
})
export const resolved = (
  interrupt_id: string,
  status: 'resolved' | 'declined' | 'timed_out' | 'cancelled' = 'resolved',
  answer?: string,
): RunEvent => ({
  type: 'interruption_resolved',
  interruption: { interrupt_id, status, ...(answer ? { answer } : {}), resolved_by: 'webui' },
})
export const childStarted = (tool_use_id: string, index = 0, run_id = `child${index}`): RunEvent => ({
  type: 'spawn_child_started',
  spawn_child: { tool_use_id, index, run_id, agent_id: `a_${run_id}`, agent: 'helper' },
})
export const childResult = (tool_use_id: string, index = 0, ok = true): RunEvent => ({
  type: 'spawn_child_result',
  spawn_child: { tool_use_id, index, agent: 'helper', ok, ...(ok ? { output: 'Found.' } : { error: 'No.' }) },
})

/** `text:Hello tool:done:c1 …`, a turn a line: what a test wants to see at a glance. */
export function sketch(view: RunView): string[] {
  return view.turns.map((turn) =>
    [turn.input ? `> ${turn.input.text} |` : '|', ...turn.parts.map(sketchPart), `(${turn.status})`].join(' '),
  )
}

function sketchPart(part: Part): string {
  if (part.kind === 'tool') {
    const children = part.children?.map((child) => child.state).join(',')
    return `tool:${part.state}:${part.callId}${children ? `[${children}]` : ''}`
  }
  if (part.kind === 'question') return `question:${part.state}:${part.interruptId}`
  if (part.kind === 'compaction') return `compaction:${part.before}→${part.after}`
  return `${part.kind}:${part.text}`
}
