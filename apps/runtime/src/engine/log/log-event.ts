import type { PromptSegment, RunEvent, RunEventType } from '@loomcycle/proto'
import { parseJson } from '../../ground/json.ts'
import type { LoggedEvent } from './store.ts'

/** What an operator said: the opening turn or a later one. Readers see it as `steer`. */
export interface UserInputRow {
  type: 'user_input'
  segments: PromptSegment[]
  source: 'api' | 'webui'
  input_id?: string
  seen_at: string
  /** The turn that started the run. */
  opening?: boolean
}

/** Where the instructions came from. Never streamed. */
export interface SystemPromptRow {
  type: 'system_prompt'
  system_prompt: string
}

/** What a provider wants to be shown again, and nobody else. */
export interface Reasoning {
  provider: string
  data: string
}

/**
 * Ends a model's turn in the log: what came before it is whole and belongs to the history. Never streamed.
 * A turn without it was cut off and is asked for again.
 */
export interface AssistantTurnRow {
  type: 'assistant_turn'
  stop_reason: string
  /** A text of before it was kept whose it is. */
  reasoning?: Reasoning | string
}

/** Says besides which messages the summary stands for, so that every replay makes the same history of it. */
export type CompactionRow = Extract<RunEvent, { type: 'context_compaction' }> & {
  /** How many messages there were, and how many of them stayed, from the end. */
  fold?: { messages: number; kept: number }
}

/** Says besides how much the model takes as we count it, where that is what was found out. */
export type RequestAdjustedRow = Extract<RunEvent, { type: 'request_adjusted' }> & { room?: number }

/** What the log holds: the frames of a run's stream, and three rows of its own. */
export type LogEvent =
  | Exclude<
      RunEvent,
      { type: 'session' | 'agent' | 'gap' | 'notice' | 'steer' | 'context_compaction' | 'request_adjusted' }
    >
  | CompactionRow
  | RequestAdjustedRow
  | UserInputRow
  | SystemPromptRow
  | AssistantTurnRow
export type LogEventType = LogEvent['type']

/** What the model has said of its turn before one of these is no part of its answer. */
export const startsOver: readonly string[] = [
  'retry',
  'provider_fallback',
  'text_was_thinking',
] satisfies LogEventType[]

export function parseLogEvent(row: LoggedEvent): LogEvent {
  return parseJson(row.payload) as LogEvent
}

const neverStreamed: ReadonlySet<string> = new Set<LogEventType>(['system_prompt', 'assistant_turn'])

/** One user turn of nothing but words. */
export function toSegments(text: string): PromptSegment[] {
  return [{ role: 'user', content: [{ type: 'trusted-text', text }] }]
}

/** Text of a turn as its operator typed it. */
export function typedText(segments: readonly PromptSegment[]): string {
  return segments
    .filter((segment) => segment.role === 'user')
    .flatMap((segment) => segment.content)
    .flatMap((block) => (block.type === 'image' ? [] : [block.text]))
    .join('\n')
}

/** What a turn has besides its operator's words; undefined where that is nothing. */
export function attachedTo(segments: readonly PromptSegment[]): { texts: number; images: number } | undefined {
  const blocks = segments.filter((segment) => segment.role === 'user').flatMap((segment) => segment.content)
  const count = (type: string) => blocks.filter((block) => block.type === type).length
  const attached = { texts: count('untrusted-block'), images: count('image') }
  return attached.texts + attached.images > 0 ? attached : undefined
}

/** The frame's event name and one-line JSON, or undefined for rows that are not streamed. */
export function toWire(row: LoggedEvent): { type: RunEventType | string; data: string } | undefined {
  if (neverStreamed.has(row.type)) return undefined
  if (row.type !== 'user_input') return { type: row.type, data: row.payload }
  const input = parseLogEvent(row) as UserInputRow
  const text = typedText(input.segments)
  const attached = attachedTo(input.segments)
  if (!text && !attached) return undefined
  const event: RunEvent = {
    type: 'steer',
    user_input: {
      text,
      source: 'replay',
      door: input.source,
      seen_at: input.seen_at,
      ...(input.input_id ? { input_id: input.input_id } : {}),
      ...(attached ? { attached } : {}),
    },
  }
  return { type: 'steer', data: JSON.stringify(event) }
}
