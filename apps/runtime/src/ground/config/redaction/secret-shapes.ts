import { findPrivateKeys } from './private-keys.ts'

/** A part of a text that is to go, and what stands there instead. */
export interface Secret {
  start: number
  end: number
  mark: string
}

/** What looks like a secret whoever it belongs to. A group named `secret` says which part of it is one. */
interface Shape {
  pattern: RegExp
  mark: string
  /** Where the letters alone could be somebody's code. */
  isSecret?(found: string, next: string): boolean
}

// No pattern looks at a character more than a few times: what starts one never stands inside of what it goes on with.
const shapes: Shape[] = [
  { pattern: /(?<![\w-])sk-[\w-]{16,}/g, mark: '[redacted-key]', isSecret: hasDigit },
  {
    pattern:
      /(?<![\w-])(?:[rs]k_(?:live|test)_[A-Za-z\d]{16,}|(?:AKIA|ASIA)[A-Z\d]{16}(?![\w-])|AIza[\w-]{35}(?![\w-]))/g,
    mark: '[redacted-key]',
  },
  {
    pattern:
      /(?<![\w-])(?:gh[opsur]_[A-Za-z\d]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,}|hf_[A-Za-z\d]{30,}|npm_[A-Za-z\d]{36,}|xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}|whsec_[A-Za-z\d+/=]{24,}|SG\.[\w-]{16,}\.[\w-]{16,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})/g,
    mark: '[redacted-token]',
  },
  {
    pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:bearer |basic |token )?(?<secret>[\w.~+/=-]{16,})/gi,
    mark: '[redacted-authorization]',
  },
  { pattern: /\bbearer (?<secret>[\w.~+/=-]{16,})/gi, mark: '[redacted-token]' },
  {
    pattern:
      /(?:(?:api|access|private)[_-]?key|secret|token|passw(?:or)?d)["']?\s*[:=]\s*["']?(?<secret>[\w./+=-]{16,})/gi,
    mark: '[redacted-secret]',
    isSecret: isNoCode,
  },
  {
    pattern: /(?<=[A-Z\d])_(?:KEY|PAT|CREDENTIALS?)["']?\s*[:=]\s*["']?(?<secret>[\w./+=-]{16,})/g,
    mark: '[redacted-secret]',
    isSecret: isNoCode,
  },
  {
    pattern: /:\/\/[^\s:@/?#"'<>]{0,100}:(?<secret>[^\s@/?#"'<>]{1,512})@/g,
    mark: '[redacted-password]',
    isSecret: (found) => !/^[${%]/.test(found),
  },
]

/** One of these is in every text that has something of a shape in it. */
const anyHint =
  /key|secret|token|passw|bearer|authorization|:\/\/|sk-|[rs]k_|akia|asia|aiza|gh[opsur]_|github_pat_|glpat-|hf_|npm_|xox|xapp-|whsec_|sg\.|eyj|_pat|_credential|-----begin /i

export function mayHoldShapes(text: string): boolean {
  return anyHint.test(text)
}

export function* findShapes(text: string): Generator<Secret> {
  for (const { pattern, mark, isSecret } of shapes) {
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.secret ?? match[0]
      const start = match.index + match[0].lastIndexOf(secret)
      const end = start + secret.length
      if (!isSecret || isSecret(secret, text.charAt(end))) yield { start, end, mark }
    }
  }
  yield* findPrivateKeys(text)
}

function hasDigit(found: string): boolean {
  return /\d/.test(found)
}

/** A value without a digit is more likely a name in somebody's code; so is what is called, and what has short parts. */
function isNoCode(found: string, next: string): boolean {
  if (!/\d/.test(found) || next === '(') return false
  const parts = found.split('.')
  return parts.length === 1 || parts.some((part) => part.length >= 16 || !/^[A-Za-z_]\w*$/.test(part))
}
