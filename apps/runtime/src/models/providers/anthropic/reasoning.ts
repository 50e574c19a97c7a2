import { type Place, partsInPlace, readParts } from '../parts-in-place.ts'
import { isObject } from '../tools/tool-input.ts'
import { type AssistantTurn, isBlank } from '../turns.ts'
import type { ContentBlock } from './to-request.ts'

/** What the service wants to be shown again: its thinking, signed, and where it stood between text and calls. */
export type ReasoningPart =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string }
  | Place

export function packReasoning(parts: readonly ReasoningPart[]): string | undefined {
  // The service refuses a turn that ends in thinking, which is what a cut-off one may do.
  const lastShown = parts.findLastIndex((part) => !isThinking(part))
  const kept = parts.slice(0, lastShown + 1)
  return kept.some(isThinking) ? JSON.stringify(kept) : undefined
}

/** Thinking goes back to its place among text and calls, or to the front where the history no longer matches it. */
export function withReasoning(turn: AssistantTurn): ContentBlock[] {
  const parts = readParts(turn.reasoning, isPart)
  const content = partsInPlace<ReasoningPart, ContentBlock>(parts, turn, {
    text: (words) => (isBlank(words) ? [] : [toText(words)]),
    call: (call) => [toCall(call)],
    other: (part) => [part],
  })
  // A turn that ends in thinking is refused, which it does where the words behind it were blank.
  if (content) return content.slice(0, content.findLastIndex((block) => !isThinking(block)) + 1)
  return [...parts.filter(isThinking), ...turn.texts.map(toText), ...turn.calls.map(toCall)]
}

function toText(text: string): ContentBlock {
  return { type: 'text', text }
}

function toCall(call: AssistantTurn['calls'][number]): ContentBlock {
  return { type: 'tool_use', ...call }
}

function isThinking({ type }: { type: string }) {
  return type === 'thinking' || type === 'redacted_thinking'
}

function isPart(value: unknown): value is ReasoningPart {
  if (!isObject(value)) return false
  if (value.type === 'thinking') return typeof value.thinking === 'string' && typeof value.signature === 'string'
  if (value.type === 'redacted_thinking') return typeof value.data === 'string'
  return value.type === 'call' || (value.type === 'text' && typeof value.length === 'number')
}
