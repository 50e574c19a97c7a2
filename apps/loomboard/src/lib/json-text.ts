/** Deeper values are not indented: most of what came of it would be spaces. */
const mostDepth = 40

/** A value as JSON. What is nested so deeply that there is no writing it down is named instead. */
export function toJson(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent > 0 && isDeep(value) ? 0 : indent) ?? ''
  } catch {
    return '(nested too deeply to be shown)'
  }
}

/** A value in words: lists without brackets, what has parts as JSON. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'object' ? toJson(item) : String(item))).join(', ')
  return toJson(value)
}

function isDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostDepth) return true
    level = level.flatMap((item) => (item && typeof item === 'object' ? Object.values(item) : []))
  }
  return false
}
