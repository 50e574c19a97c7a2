const longestHeld = 4096
/** Before the part that is secret may stand a name, signs and quotes. */
const longestBefore = 120

const startOfToken =
  /(?<![\w-])(?:sk[-_]|rk_|AKIA|ASIA|AIza|gh[opsur]_|github_pat_|glpat-|hf_|npm_|xox[abeprs]-|xapp-|whsec_|SG\.|eyJ)/g
const beforeValue =
  /(?:(?:\bauthorization["']?\s*[:=]\s*["']?(?:bearer |basic |token )?|\bbearer )|(?:(?:api|access|private)[_-]?key|secret|token|passw(?:or)?d|_KEY|_PAT|_CREDENTIALS?)["']?\s*[:=]\s*["']?)/gi
const beforePassword = /:\/\/[^\s:@/?#"'<>]{0,100}:/g

const inToken = asciiSet(/[\w./+=~-]/)
const inPassword = asciiSet(/[^\s@/?#"'<>]/)

/** From where on the end of a text may be a secret of which the rest is still to come; its length where there is none. */
export function openShapeAt(text: string): number {
  const token = runStart(text, inToken)
  const password = runStart(text, inPassword)
  const from = Math.max(0, Math.min(token, password) - longestBefore)
  const tail = text.slice(from)
  return Math.min(
    firstOpen(tail, startOfToken, token - from, 'start') + from,
    firstOpen(tail, beforeValue, token - from, 'end') + from,
    firstOpen(tail, beforePassword, password - from, 'end') + from,
  )
}

/** The first place that nothing but the characters of a secret follows. */
function firstOpen(tail: string, pattern: RegExp, run: number, edge: 'start' | 'end'): number {
  for (const match of tail.matchAll(pattern)) {
    const end = match.index + match[0].length
    if (end >= run) return edge === 'end' ? end : match.index
  }
  return tail.length
}

function runStart(text: string, characters: Uint8Array): number {
  const first = Math.max(0, text.length - longestHeld)
  let at = text.length
  while (at > first && characters[Math.min(text.charCodeAt(at - 1), 128)] === 1) at--
  // What is longer is no secret.
  return at > first || at === 0 ? at : text.length
}

/** ASCII by its code; the last one stands for everything else. */
function asciiSet(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 129 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}
