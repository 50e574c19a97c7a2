/** Mark a code span as mathematics; private characters, which no font and no model has a meaning for. */
export const inlineMath = '\u{E000}'
export const displayMath = '\u{E001}'

const anyMath = /\$|\\\(|\\\[/
/** Code first, so that what looks like mathematics inside it stays code. */
const pieces =
  /(?<fence>^[ \t]*(?<mark>`{3,}|~{3,})[^\n]*(?:\n[\s\S]*?(?:^[ \t]*\k<mark>[`~]*[ \t]*$|$(?![\s\S]))|$))|(?<code>(?<!`)(?<ticks>`+)(?!`)[\s\S]*?[^`]\k<ticks>(?!`))|\$\$(?<dollars>[^$]+?)\$\$|\\\[(?<brackets>[\s\S]+?)\\\]|\\\((?<parens>[^\n]+?)\\\)|(?<![\\$\w])\$(?<single>[^\s$](?:[^$\n]*?[^\s\\$])?)\$(?![\w$])/gm

/**
 * Mathematics as models write it (`$x$`, `$$x$$`, `\(x\)`, `\[x\]`), put into code so that Markdown leaves it alone.
 * Money stays money: a single dollar only counts around something that looks like a formula.
 */
export function fenceMath(text: string): string {
  if (!anyMath.test(text)) return text
  return text.replace(pieces, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>
    const at = rest.at(-3) as number
    const { single, parens, dollars, brackets } = groups
    if (single !== undefined) return isFormula(single) ? codeSpan(inlineMath + single) : whole
    if (parens !== undefined) return codeSpan(inlineMath + parens.trim())
    const display = dollars ?? brackets
    if (display === undefined) return whole
    return standsAlone(text, at, whole.length)
      ? fenced(display, text.slice(text.lastIndexOf('\n', at - 1) + 1, at))
      : codeSpan(displayMath + display.trim())
  })
}

function isFormula(tex: string): boolean {
  return /[\\^_={}<>+*/|!()]/.test(tex) || /^\p{L}{1,2}['′]?$/u.test(tex)
}

function standsAlone(text: string, at: number, length: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  const after = text.slice(at + length).split('\n', 1)[0]
  return before.trim() === '' && after?.trim() === ''
}

function fenced(tex: string, indent: string): string {
  const lines = tex.trim().split('\n')
  return `\`\`\`math\n${lines.map((line) => indent + line.trim()).join('\n')}\n${indent}\`\`\``
}

function codeSpan(content: string): string {
  const ticks = '`'.repeat(Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const line = content.replace(/(?<!\s)\s*\n\s*/g, ' ')
  return line.endsWith('`') ? `${ticks}${line} ${ticks}` : ticks + line + ticks
}
