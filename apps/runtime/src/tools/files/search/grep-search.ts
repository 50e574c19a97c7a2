import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { cutText } from '@loomcycle/proto/wire'
import { RE2JS } from 're2js'
import { isBinary } from '../../../ground/files/text.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { filterPattern } from './glob-pattern.ts'
import type { GrepJob } from './jobs.ts'
import { requiredText } from './required-text.ts'
import { walkFiles } from './walk-files.ts'

const mostFileBytes = 256 * 1024
const mostAnswerBytes = 256 * 1024
const longestLine = 2000
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

/** A text to look for, or something that lines match, in time in proportion to their length. */
interface Needle {
  /** What every match has in it, in bytes; what has it not need not be read as text. */
  bytes: Buffer | undefined
  test(line: string): boolean
}

/** Lines of files that a pattern matches, or the files that have such. */
export function grepSearch(job: GrepJob): string {
  const needle = needleOf(job)
  const found = new Answer(job)
  const buffer = Buffer.allocUnsafe(mostFileBytes + 1)
  for (const { path, at } of filesOf(job)) {
    const text = readText(at, buffer, needle.bytes, job.where.isFile)
    if (text === undefined) continue
    if (!found.take(job.where.prefix + path, text, needle)) break
  }
  return found.text()
}

function filesOf({ where, glob }: GrepJob): Iterable<{ path: string; at: string }> {
  if (where.isFile) return [{ path: '', at: where.self }]
  return walkFiles(where.self, filterPattern(glob ?? '*'))
}

function needleOf({ pattern, ignoresCase }: GrepJob): Needle {
  if (!ignoresCase && !/[\\^$.|?*+()[\]{}\r\n]/.test(pattern)) {
    return { bytes: Buffer.from(pattern), test: (line) => line.includes(pattern) }
  }
  try {
    const expression = RE2JS.compile(pattern, ignoresCase ? RE2JS.CASE_INSENSITIVE : 0)
    const text = ignoresCase ? '' : requiredText(pattern)
    if (text === '') return { bytes: undefined, test: (line) => expression.test(line) }
    return { bytes: Buffer.from(text), test: (line) => line.includes(text) && expression.test(line) }
  } catch (error) {
    throw new ToolError(`the pattern is no regular expression of RE2: ${(error as Error).message}`)
  }
}

/** Undefined for what is too long, is no text, or has not what is looked for. */
function readText(at: string, buffer: Buffer, bytes: Buffer | undefined, isHeld: boolean): string | undefined {
  let fd: number
  try {
    fd = openSync(at, O_RDONLY | O_NONBLOCK | (isHeld ? 0 : O_NOFOLLOW))
  } catch {
    return undefined
  }
  try {
    const stats = fstatSync(fd)
    if (!stats.isFile() || stats.size > mostFileBytes) return undefined
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(fd, buffer, length, buffer.length - length, length)
    }
    if (length > mostFileBytes) return undefined
    const whole = buffer.subarray(0, length)
    if (isBinary(whole) || (bytes && !whole.includes(bytes))) return undefined
    return whole.toString('utf8')
  } catch {
    return undefined
  } finally {
    closeSync(fd)
  }
}

class Answer {
  readonly #job: GrepJob
  readonly #lines: string[] = []
  #bytes = 0
  #matches = 0
  #isCut = false

  constructor(job: GrepJob) {
    this.#job = job
  }

  /** Says whether there is room for more. */
  take(path: string, text: string, needle: Needle): boolean {
    const { mode } = this.#job
    if (mode === 'content') return this.#takeLines(path, text, needle)
    let count = 0
    for (const line of linesOf(text)) {
      if (!needle.test(line)) continue
      count++
      if (mode === 'files_with_matches') break
    }
    return count === 0 || this.#add(mode === 'count' ? `${path}:${count}` : path)
  }

  text(): string {
    if (this.#lines.length === 0) return 'no matches'
    const more = this.#isCut ? [`[the first ${this.#matches} are shown; there are more]`] : []
    return [...this.#lines, ...more].join('\n')
  }

  #takeLines(path: string, text: string, needle: Needle): boolean {
    const { before, after } = this.#job
    const lines = [...linesOf(text)]
    let shownTo = -1
    for (const [at, line] of lines.entries()) {
      if (!needle.test(line)) continue
      if (!this.#hasRoom()) return false
      const from = Math.max(shownTo + 1, at - before)
      const isApart = (before > 0 || after > 0) && this.#lines.length > 0 && (shownTo < 0 || from > shownTo + 1)
      if (isApart) this.#lines.push('--')
      for (let n = from; n < at; n++) this.#push(`${path}-${n + 1}-${shown(lines[n]!)}`)
      if (shownTo < at) this.#push(`${path}:${at + 1}:${shown(line)}`)
      else this.#mark(path, at, line, shownTo)
      this.#matches++
      shownTo = Math.max(shownTo, at)
      const end = Math.min(lines.length - 1, at + after)
      for (let n = shownTo + 1; n <= end; n++) this.#push(`${path}-${n + 1}-${shown(lines[n]!)}`)
      shownTo = Math.max(shownTo, end)
    }
    return true
  }

  /** It was shown as what is around another one. */
  #mark(path: string, at: number, line: string, shownTo: number) {
    this.#lines[this.#lines.length - 1 - (shownTo - at)] = `${path}:${at + 1}:${shown(line)}`
  }

  #add(line: string): boolean {
    if (!this.#hasRoom()) return false
    this.#matches++
    this.#push(line)
    return true
  }

  #hasRoom(): boolean {
    this.#isCut = this.#matches >= this.#job.most || this.#bytes > mostAnswerBytes
    return !this.#isCut
  }

  #push(line: string) {
    this.#lines.push(line)
    this.#bytes += line.length
  }
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    yield text.slice(from, to > from && text[to - 1] === '\r' ? to - 1 : to)
    from = to + 1
  }
}

function shown(line: string): string {
  return line.length > longestLine ? `${cutText(line, longestLine)}…` : line
}
