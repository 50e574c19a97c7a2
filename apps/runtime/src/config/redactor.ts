export type Redact = (text: string) => string

/** Things that look like a secret whoever they belong to. */
const shapes: { hint: RegExp; pattern: RegExp; mark: string }[] = [
  {
    hint: /authorization/i,
    pattern: /(\bauthorization["']?\s*[:=]\s*["']?(?:bearer |basic |token )?)[\w.~+/=-]{16,}/gi,
    mark: '$1[redacted-authorization]',
  },
  { hint: /bearer/i, pattern: /(\bbearer )[\w.~+/=-]{16,}/gi, mark: '$1[redacted-token]' },
  { hint: /sk-/, pattern: /\bsk-[\w-]{16,}/g, mark: '[redacted-key]' },
  { hint: /AKIA/, pattern: /\bAKIA[0-9A-Z]{16}\b/g, mark: '[redacted-key]' },
  { hint: /xox/, pattern: /\bxox[baprs]-[\w-]{10,}/g, mark: '[redacted-token]' },
  { hint: /ghp_/, pattern: /\bghp_[A-Za-z0-9]{36,}/g, mark: '[redacted-token]' },
  {
    hint: /key|secret|token|password/i,
    // A value without a digit is more likely a name in somebody's code.
    pattern: /((?:api[_-]?key|secret|token|password)["']?\s*[:=]\s*["']?)(?=[\w./+=-]*\d)[\w./+=-]{16,}(?!\()/gi,
    mark: '$1[redacted-secret]',
  },
]
const anyHint = new RegExp(shapes.map(({ hint }) => hint.source).join('|'), 'i')

/** Takes out known secrets by value, longest first, and then what has the shape of one. */
export function createRedactor(secrets: ReadonlyMap<string, string>): Redact {
  const known = [...secrets]
    .flatMap(([name, value]) => [...spellings(value)].map((spelling) => ({ spelling, mark: `[redacted:${name}]` })))
    .sort((a, b) => b.spelling.length - a.spelling.length)

  return (text) => {
    let clean = text
    for (const { spelling, mark } of known) {
      if (clean.includes(spelling)) clean = clean.replaceAll(spelling, () => mark)
    }
    if (!anyHint.test(clean)) return clean
    for (const { hint, pattern, mark } of shapes) if (hint.test(clean)) clean = clean.replace(pattern, mark)
    return clean
  }
}

/** The value with every text in it redacted, keys included; the value itself where there is nothing to take out. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => redactJson(item, redact))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (value === null || typeof value !== 'object') return value
  const before = Object.entries(value)
  const after = before.map(([key, member]) => [redact(key), redactJson(member, redact)] as const)
  const same = after.every(([key, member], index) => key === before[index]![0] && member === before[index]![1])
  return same ? value : Object.fromEntries(after)
}

/** As it is, and as it reads inside JSON. */
function spellings(value: string): Set<string> {
  return new Set([value, JSON.stringify(value).slice(1, -1)])
}
