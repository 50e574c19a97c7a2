import { type Place, partsInPlace, readParts } from '../../parts-in-place.ts'
import { isObject, toolInputObject } from '../../tools/tool-input.ts'
import { type AssistantTurn, isBlank } from '../../turns.ts'

export type Item = Record<string, unknown>

/** What the model thought, sealed; with the part of the turn that a text was said for, where the service names one. */
export type ReasoningPart =
  | { type: 'reasoning'; id: string; summary: string[]; encrypted: string }
  | (Place & { phase?: string })

export function packReasoning(parts: readonly ReasoningPart[]): string | undefined {
  const kept = parts.slice(0, parts.findLastIndex(isSaid) + 1)
  return kept.some((part) => !isSaid(part) || part.phase !== undefined) ? JSON.stringify(kept) : undefined
}

/** The items of a turn as they came; in front of all else where the history does not match them any more. */
export function assistantItems(turn: AssistantTurn): Item[] {
  const parts = readParts(turn.reasoning, isPart)
  const items = partsInPlace<ReasoningPart, Item>(parts, turn, {
    text: (words, { phase }) => (isBlank(words) ? [] : [toMessage(words, phase)]),
    call: (call) => [toCall(call)],
    other: (part) => [toReasoning(part)],
  })
  const all = items ?? [
    ...parts.flatMap((part) => (part.type === 'reasoning' ? [toReasoning(part)] : [])),
    ...turn.texts.map((text) => toMessage(text)),
    ...turn.calls.map(toCall),
  ]
  // Reasoning that nothing follows is refused.
  return all.slice(0, all.findLastIndex((item) => item.type !== 'reasoning') + 1)
}

function toMessage(text: string, phase?: string): Item {
  const content = [{ type: 'output_text', text, annotations: [] }]
  return { type: 'message', role: 'assistant', content, ...(phase === undefined ? {} : { phase }) }
}

function toCall({ id, name, input }: AssistantTurn['calls'][number]): Item {
  return { type: 'function_call', call_id: id, name, arguments: JSON.stringify(toolInputObject(input)) }
}

function toReasoning({ id, summary, encrypted }: Extract<ReasoningPart, { type: 'reasoning' }>): Item {
  const said = summary.map((text) => ({ type: 'summary_text', text }))
  return { type: 'reasoning', id, summary: said, encrypted_content: encrypted }
}

function isSaid(part: ReasoningPart): part is Exclude<ReasoningPart, { type: 'reasoning' }> {
  return part.type !== 'reasoning'
}

function isPart(value: unknown): value is ReasoningPart {
  if (!isObject(value)) return false
  const { type, id, summary, encrypted, phase } = value
  if (type === 'reasoning') {
    return typeof id === 'string' && typeof encrypted === 'string' && Array.isArray(summary) && summary.every(isText)
  }
  if (phase !== undefined && !isText(phase)) return false
  return type === 'call' || (type === 'text' && typeof value.length === 'number')
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
