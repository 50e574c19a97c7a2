import { type Place, partsInPlace, readParts } from '../parts-in-place.ts'
import { isObject, toolInputObject } from '../tools/tool-input.ts'
import { type AssistantTurn, isBlank } from '../turns.ts'

export type Part = Record<string, unknown>

/** What came with a part and goes back with that part: its signature and, of a call, the id that the service gave it. */
interface Marks {
  signature?: string
  id?: string
}

/** Thoughts are not shown again, unless they are what is signed. */
export type ReasoningPart = (Place & Marks) | { type: 'thought'; text: string; signature: string }

/** Takes the place of a signature for calls that other models made. */
const NOBODYS_SIGNATURE = 'skip_thought_signature_validator'

export function packReasoning(parts: readonly ReasoningPart[]): string | undefined {
  return parts.some((part) => part.signature !== undefined || 'id' in part) ? JSON.stringify(parts) : undefined
}

/**
 * The parts of a turn as they came. Where the history no longer matches them, calls keep what they came with, so far as
 * they are the same ones. `mustSign`: the model refuses a turn whose first call is not signed.
 */
export function modelParts(turn: AssistantTurn, mustSign: boolean): Part[] {
  const kept = readParts(turn.reasoning, isPart)
  const parts =
    partsInPlace<ReasoningPart, Part>(kept, turn, {
      text: (words, place) => (isBlank(words) && !place.signature ? [] : [{ text: words, ...signed(place) }]),
      call: (call, place) => [toCall(call, place)],
      other: ({ text, signature }) => [{ text, thought: true, thoughtSignature: signature }],
    }) ?? withoutPlaces(turn, kept)
  const first = parts.find((part) => part.functionCall !== undefined)
  if (mustSign && first) first.thoughtSignature ??= NOBODYS_SIGNATURE
  return parts
}

function withoutPlaces({ texts, calls }: AssistantTurn, kept: ReasoningPart[]): Part[] {
  const places = kept.filter((part) => part.type === 'call')
  const areTheSame = places.length === calls.length
  return [...texts.map((text) => ({ text })), ...calls.map((call, at) => toCall(call, areTheSame ? places[at]! : {}))]
}

function toCall({ name, input }: AssistantTurn['calls'][number], marks: Marks): Part {
  const id = marks.id === undefined ? {} : { id: marks.id }
  return { functionCall: { ...id, name, args: toolInputObject(input) }, ...signed(marks) }
}

function signed({ signature }: Marks): Part {
  return signature === undefined ? {} : { thoughtSignature: signature }
}

function isPart(value: unknown): value is ReasoningPart {
  if (!isObject(value)) return false
  const { type, signature, id } = value
  const isMark = (mark: unknown) => mark === undefined || typeof mark === 'string'
  if (!isMark(signature) || !isMark(id)) return false
  if (type === 'thought') return typeof value.text === 'string' && signature !== undefined
  return type === 'call' || (type === 'text' && typeof value.length === 'number')
}
