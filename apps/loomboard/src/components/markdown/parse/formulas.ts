/** Mark a code span as mathematics; private characters, which no font and no model has a meaning for. */
export const inlineMath = '\u{E000}'
export const displayMath = '\u{E001}'

/** What is still to be written of a formula in lines of its own shows as the TeX it is. */
export const unfinished = 'tex'

const command = /\\[a-zA-Z]+/
const words = /\p{L}{3,}/gu
const operator = /[\\^_={}<>+*/|!()\-′']/
const functions = /^(?:sin|cos|tan|log|exp|lim|max|min|mod|det|gcd|deg|dim|ker|arg|inf|sup|sqrt)$/

function wordsOf(tex: string): string[] {
  const plain = tex.replace(/\\(?:text|mathrm|operatorname|mathit|mathbf|textbf)\*?\{[^{}]*\}|\\[a-zA-Z]+/g, ' ')
  return (plain.match(words) ?? []).filter((word) => !functions.test(word))
}

/** Whether what stands between two dollars is a formula: money and names of variables are more common. */
export function isFormulaInDollars(tex: string): boolean {
  if (/^\s|[\s\\]$/.test(tex)) return false
  if (command.test(tex) || /\^|_\{/.test(tex)) return true
  const said = wordsOf(tex)
  // A sum, and words or units behind it.
  if (/^\d/.test(tex) && (said.length > 0 || /[\s/]\p{L}{2}/u.test(tex))) return false
  if (said.length > 1 && !/[=<>]/.test(tex)) return false
  return operator.test(tex) || /^\p{L}{1,2}$/u.test(tex)
}

/** Whether what stands between `\(` and `\)`, or in a line between `\[` and `\]`, is one, and not words in brackets that were escaped. */
export function isFormulaInBrackets(tex: string, kind: '(' | '['): boolean {
  if (command.test(tex) || /\^|_\{/.test(tex)) return true
  const said = wordsOf(tex)
  if (said.length > 0) return said.length < 4 && / [=<>+] /.test(tex)
  if (kind === '(') return /[\p{L}\d]/u.test(tex)
  return /[=<>+*_]/.test(tex) && /[\p{L}\d]/u.test(tex)
}

const openings = { $$: '$$', '\\[': '\\]' } as const
export type Opening = keyof typeof openings

/** What opens a formula in lines of its own, and whether it closes it, too. */
export function displayOf(line: string): { opening: Opening; closes: boolean } | undefined {
  const [all, opening] = /^ {0,3}(\$\$|\\\[)/.exec(line) ?? []
  if (all === undefined || (opening !== '$$' && opening !== '\\[')) return undefined
  const rest = line.slice(all.length).trim()
  if (rest === '') return { opening, closes: false }
  const end = rest.indexOf(openings[opening])
  const begun = end < 0 ? rest : rest.slice(0, end)
  if (end < 0) return looksLikeTex(begun) ? { opening, closes: false } : undefined
  if (!isTail(rest.slice(end + 2)) || begun.trim() === '') return undefined
  return opening === '$$' || isFormulaInBrackets(begun, '[') ? { opening, closes: true } : undefined
}

/** Whether a line ends the formula. */
export function closesDisplay(line: string, opening: Opening): boolean {
  const end = line.lastIndexOf(openings[opening])
  return end >= 0 && isTail(line.slice(end + 2))
}

/** The TeX of a formula with its marks; undefined where it has no end. */
export function texOf(text: string, opening: Opening): string | undefined {
  const body = text.trim().slice(2)
  const end = body.lastIndexOf(openings[opening])
  if (end < 0) return undefined
  return body.slice(0, end).trim() + body.slice(end + 2).trim()
}

/** What may stand behind a formula that is alone on its lines. */
function isTail(text: string): boolean {
  return /^[.,;:]?$/.test(text.trim())
}

function looksLikeTex(text: string): boolean {
  return command.test(text) || /[\^=]|_\{/.test(text)
}
