import { mostJsonLevels } from '@loomcycle/proto'
import { inOneGo } from './in-slices.ts'
import { scanJson } from './json-scan.ts'

/** Whether JSON goes deeper than anything here takes. */
export function isJsonTooDeep(json: string): boolean {
  return inOneGo(scanJson(json)) === 'too deep'
}

/** The same for a value that somebody else has parsed. */
export function isTooDeep(value: unknown, levels = mostJsonLevels): boolean {
  if (value === null || typeof value !== 'object') return false
  if (levels === 0) return true
  return Object.values(value).some((member) => isTooDeep(member, levels - 1))
}

/** What goes too deep as its upper levels, in JSON that still does: no tool takes a text, and the model is told why. */
export function withinDepth(value: unknown): unknown {
  return isTooDeep(value) ? JSON.stringify(upperLevels(value, mostJsonLevels + 1)) : value
}

function upperLevels(value: unknown, levels: number): unknown {
  if (value === null || typeof value !== 'object') return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((item) => upperLevels(item, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, upperLevels(member, levels - 1)]))
}
