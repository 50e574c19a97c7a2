import { cutText } from '@loomcycle/proto/wire'
import { FileRefusal } from './refusal.ts'

const mostSegments = 100
const longestName = 255
const longestPath = 4096
const isWindows = process.platform === 'win32'

/** The names on the way to a file, from the root of its volume; none for the root itself. */
export function segmentsOf(path: string): string[] {
  const refuse = (why: string) => new FileRefusal('path', `the path "${shown(path)}" ${why}`)
  if (path.includes('\0')) throw refuse('must not contain a NUL')
  if (!path.isWellFormed()) throw refuse('is not well-formed text')
  if (/^[/\\]/.test(path) || /^[A-Za-z]:[/\\]/.test(path)) {
    throw refuse('must be relative to the volume, without a leading slash; "." is its root')
  }
  if (Buffer.byteLength(path) > longestPath) throw refuse(`is longer than ${longestPath} bytes`)
  const segments = path.split('/').filter((name) => name !== '' && name !== '.')
  for (const name of segments) {
    if (name === '..') throw refuse('must not contain ".."')
    if (isWindows && /[\\:]/.test(name)) throw refuse('must not contain "\\" or ":"')
    if (Buffer.byteLength(name) > longestName) throw refuse(`has a name that is longer than ${longestName} bytes`)
  }
  if (segments.length > mostSegments) throw refuse(`goes deeper than ${mostSegments} folders`)
  return segments
}

/** As it is said back. */
export function shown(path: string): string {
  const printable = path.toWellFormed().replace(/\p{Cc}/gu, '\uFFFD')
  return printable.length > 200 ? `${cutText(printable, 200)}…` : printable
}

export function joined(segments: readonly string[]): string {
  return segments.join('/') || '.'
}
