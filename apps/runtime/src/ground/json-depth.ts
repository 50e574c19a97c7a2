import { mostJsonLevels } from '@loomcycle/proto'

const quote = 0x22
const backslash = 0x5c
/** One bit tells a list's bracket from a map's. */
const asMap = 0x20
const opening = 0x7b
const closing = 0x7d

/** Whether JSON goes deeper than anything here takes. Looks at each character once, before anything is made of it. */
export function isJsonTooDeep(json: string): boolean {
  let levels = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === quote) at = endOfString(json, at)
    else if ((code | asMap) === opening) {
      if (++levels > mostJsonLevels) return true
    } else if ((code | asMap) === closing) levels--
  }
  return false
}

/** Where the text of a string that starts here ends. */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json.charCodeAt(end - 1 - backslashes) === backslash) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return json.length
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
