import { readParts } from '../parts-in-place.ts'
import { isObject } from '../tools/tool-input.ts'

type Extra = Record<string, unknown>

/** What a turn thought, and what came with its calls and goes back with them: of Gemini, its signature. */
type ReasoningPart = { type: 'thought'; text: string } | { type: 'call'; extra?: Extra }

export interface KeptReasoning {
  thought: string
  /** For each call, in order. */
  extras: readonly (Extra | undefined)[]
}

/** A thought alone is kept as it is. */
export function packReasoning({ thought, extras }: KeptReasoning): string | undefined {
  if (extras.every((extra) => extra === undefined)) return thought || undefined
  const calls = extras.map((extra): ReasoningPart => ({ type: 'call', ...(extra && { extra }) }))
  return JSON.stringify([{ type: 'thought', text: thought }, ...calls])
}

export function unpackReasoning(kept: string | undefined): KeptReasoning {
  const parts = readParts(kept, isPart)
  if (parts.length === 0) return { thought: kept ?? '', extras: [] }
  return {
    thought: parts.map((part) => (part.type === 'thought' ? part.text : '')).join(''),
    extras: parts.flatMap((part) => (part.type === 'call' ? [part.extra] : [])),
  }
}

function isPart(value: unknown): value is ReasoningPart {
  if (!isObject(value)) return false
  if (value.type === 'thought') return typeof value.text === 'string'
  return value.type === 'call' && (value.extra === undefined || isObject(value.extra))
}
