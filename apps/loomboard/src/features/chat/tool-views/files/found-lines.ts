export interface FoundLine {
  number: number
  text: string
  /** It was looked for; others stand around it. */
  isMatch: boolean
}

export interface FoundFile {
  path: string
  lines: FoundLine[]
}

/** `path:12:text` for what was found, `path-13-text` for what stands around it, `--` between, a note in brackets last. */
export function foundIn(result: string): { files: FoundFile[]; note: string | undefined } {
  const files: FoundFile[] = []
  let note: string | undefined
  let known = ''
  for (const line of result.split('\n')) {
    const [, bracketed] = /^\[(the first .*)\]$/.exec(line) ?? []
    if (bracketed) note = `${bracketed[0]!.toUpperCase()}${bracketed.slice(1)}.`
    const found = lineOf(line, known)
    if (!found) continue
    known = found.path
    const last = files.at(-1)
    if (last?.path === found.path) last.lines.push(found.line)
    else files.push({ path: found.path, lines: [found.line] })
  }
  return { files, note }
}

/** A name may have a : or a - in it, too: the one that was there before is tried first. */
function lineOf(line: string, known: string): { path: string; line: FoundLine } | undefined {
  const again = known !== '' && line.startsWith(known) ? /^([:-])(\d+)\1(.*)$/s.exec(line.slice(known.length)) : null
  if (again) return { path: known, line: toLine(again[1]!, again[2]!, again[3]!) }
  const match = /^([^:]+):(\d+):(.*)$/s.exec(line)
  if (match) return { path: match[1]!, line: toLine(':', match[2]!, match[3]!) }
  const around = /^(.+?)-(\d+)-(.*)$/s.exec(line)
  return around ? { path: around[1]!, line: toLine('-', around[2]!, around[3]!) } : undefined
}

function toLine(sign: string, number: string, text: string): FoundLine {
  return { number: Number(number), text, isMatch: sign === ':' }
}
