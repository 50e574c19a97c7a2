/** How a piece of what a terminal shows is drawn. */
export interface Style {
  color?: string
  bold?: boolean
  faint?: boolean
  italic?: boolean
  underlined?: boolean
  struck?: boolean
  /** Its colours are the other way round, or it has one behind it. */
  marked?: boolean
}

export interface Piece extends Style {
  text: string
}

/** Colours that can be read on our own ground, whatever a terminal would have. */
const colors = [
  'var(--code-token-comment)',
  'var(--danger)',
  'var(--code-token-string)',
  'var(--code-token-constant)',
  'var(--code-token-function)',
  'var(--code-token-keyword)',
  'var(--code-token-parameter)',
  undefined,
] as const

/** A sequence that says how what follows is drawn; another one that a terminal does something at; a lone control. */
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /\x1b\[([\d;:]{0,200})m|\x1b\[[\d;:?<=>]{0,200}[ -/]{0,20}[@-~]|\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|\x1b[=>78DEHM]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g

/** What a command wrote to its terminal, line by line, as it would stand there. */
export function terminalLines(output: string): Piece[][] {
  let style: Style = {}
  return output.split('\n').map((line) => {
    const pieces: Piece[] = []
    // What was written over is not there any more.
    const shown = overwritten(line)
    let at = 0
    for (const match of shown.matchAll(escapes)) {
      put(pieces, style, shown.slice(at, match.index))
      at = match.index + match[0].length
      if (match[1] !== undefined) style = styled(style, match[1])
    }
    put(pieces, style, shown.slice(at))
    return pieces
  })
}

function overwritten(line: string): string {
  const end = line.endsWith('\r') ? line.replace(/(?<!\r)\r+$/, '') : line
  return end.slice(end.lastIndexOf('\r') + 1)
}

function put(pieces: Piece[], style: Style, text: string): void {
  if (text !== '') pieces.push({ ...style, text })
}

function styled(before: Style, codes: string): Style {
  const given = codes.split(/[;:]/).map(Number)
  let style = { ...before }
  for (let i = 0; i < given.length; i++) {
    const code = given[i]!
    if (code === 0) style = {}
    else if (code === 1) style.bold = true
    else if (code === 2) style.faint = true
    else if (code === 3) style.italic = true
    else if (code === 4) style.underlined = true
    else if (code === 7) style.marked = true
    else if (code === 9) style.struck = true
    else if (code === 22) style = without(style, 'bold', 'faint')
    else if (code === 23) style = without(style, 'italic')
    else if (code === 24) style = without(style, 'underlined')
    else if (code === 27 || code === 49) style = without(style, 'marked')
    else if (code === 29) style = without(style, 'struck')
    else if (code === 39) style = without(style, 'color')
    else if (code >= 30 && code <= 37) style = withColor(style, colors[code - 30])
    else if (code >= 90 && code <= 97) style = withColor(style, colors[code - 90])
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) style.marked = true
    else if (code === 38 || code === 48) {
      const isIndexed = given[i + 1] === 5
      const color = isIndexed ? ofIndex(given[i + 2] ?? 7) : ofParts(given.slice(i + 2, i + 5))
      if (code === 38) style = withColor(style, color)
      else style.marked = true
      i += isIndexed ? 2 : 4
    }
  }
  return style
}

function without(style: Style, ...names: (keyof Style)[]): Style {
  return Object.fromEntries(Object.entries(style).filter(([name]) => !names.includes(name as keyof Style)))
}

function withColor(style: Style, color: string | undefined): Style {
  return color ? { ...style, color } : without(style, 'color')
}

/** One of 256: the usual sixteen, a cube of colours, and greys. */
function ofIndex(index: number): string | undefined {
  if (index < 16) return colors[index % 8]
  if (index >= 232) return index < 244 ? colors[0] : undefined
  const place = index - 16
  return ofParts([Math.floor(place / 36) * 51, (Math.floor(place / 6) % 6) * 51, (place % 6) * 51])
}

/** The one of ours that is most like it. */
function ofParts([red = 0, green = 0, blue = 0]: readonly number[]): string | undefined {
  const most = Math.max(red, green, blue)
  const least = Math.min(red, green, blue)
  if (most - least < 40) return most < 140 ? colors[0] : undefined
  const is = (part: number) => part > (most + least) / 2
  return colors[(is(red) ? 1 : 0) + (is(green) ? 2 : 0) + (is(blue) ? 4 : 0)]
}
