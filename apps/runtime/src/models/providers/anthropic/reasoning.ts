import { isObject } from '../tools/tool-input.ts'
import { type AssistantTurn, isBlank } from '../turns.ts'
import type { ContentBlock } from './to-request.ts'

/**
 * What the service wants to be shown again: its thinking, signed, and where it stood between text and calls.
 * Text is remembered by length only; the history holds the words.
 */
export type ReasoningPart =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string }
  | { type: 'text'; length: number }
  | { type: 'call' }

export function packReasoning(parts: readonly ReasoningPart[]): string | undefined {
  // The service refuses a turn that ends in thinking, which is what a cut-off one may do.
  const lastShown = parts.findLastIndex((part) => !isThinking(part))
  const kept = parts.slice(0, lastShown + 1)
  return kept.some(isThinking) ? JSON.stringify(kept) : undefined
}

function unpackReasoning(reasoning: string | undefined): ReasoningPart[] {
  if (!reasoning?.startsWith('[')) return []
  try {
    const value: unknown = JSON.parse(reasoning)
    return Array.isArray(value) ? value.filter(isPart) : []
  } catch {
    return []
  }
}

/** Thinking goes back to its place among text and calls, or to the front where the history no longer matches it. */
export function withReasoning(turn: AssistantTurn): ContentBlock[] {
  const text: ContentBlock[] = turn.texts.map((one) => ({ type: 'text', text: one }))
  const calls: ContentBlock[] = turn.calls.map((call) => ({ type: 'tool_use', ...call, input: call.input as object }))
  const parts = unpackReasoning(turn.reasoning)
  return inPlace(parts, turn.texts.join(''), calls) ?? [...parts.filter(isThinking), ...text, ...calls]
}

function inPlace(parts: ReasoningPart[], text: string, calls: ContentBlock[]): ContentBlock[] | undefined {
  const content: ContentBlock[] = []
  let textAt = 0
  let callAt = 0
  for (const part of parts) {
    if (part.type === 'text') {
      const piece = text.slice(textAt, (textAt += part.length))
      if (!isBlank(piece)) content.push({ type: 'text', text: piece })
    } else if (part.type === 'call') {
      const call = calls[callAt++]
      if (call !== undefined) content.push(call)
    } else {
      content.push(part)
    }
  }
  if (textAt !== text.length || callAt !== calls.length) return undefined
  return content.slice(0, content.findLastIndex((block) => !isThinking(block)) + 1)
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
