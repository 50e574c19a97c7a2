/** Definitions make much of little. */
const defines = /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand|newenvironment|expandafter)(?![a-zA-Z])/
const most = 800
const mostBraces = 12

/** Whether a formula is as large as it looks, and not large. */
export function isLightFormula(tex: string): boolean {
  if (tex.length > most || defines.test(tex)) return false
  let braces = 0
  for (const char of tex) {
    if (char === '{') braces++
    else if (char === '}') braces--
    if (braces > mostBraces) return false
  }
  return true
}

/** Beside what `weigh` says of texts. */
export function weighFormula(tex: string): number {
  return 400 + 20 * tex.length
}
