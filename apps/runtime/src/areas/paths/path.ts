import { cutText, fold } from '@loomcycle/proto/wire'
import { ToolError } from '../../ground/tool-error.ts'

const segment = /^[A-Za-z0-9._-]{1,64}$/
const maxSegments = 64
const maxLength = 1024

/** The one spelling of a path; `/` is the root. Doubled and trailing slashes mean nothing. */
export function parsePath(text: string): string {
  if (text === '') return '/'
  if (!text.startsWith('/')) throw new ToolError(`the path "${clip(text)}" must start with /`)
  const segments = text.split('/').filter((part) => part !== '')
  for (const part of segments) {
    if (part === '.' || part === '..') throw new ToolError(`the path "${clip(text)}" must not contain "${part}"`)
    if (!segment.test(part)) {
      throw new ToolError(`"${clip(part)}" cannot be a name in a path; use 1 to 64 letters, digits, ".", "_" or "-"`)
    }
  }
  const path = `/${segments.join('/')}`
  if (segments.length > maxSegments) throw new ToolError(`a path has at most ${maxSegments} segments`)
  if (path.length > maxLength) throw new ToolError(`a path has at most ${maxLength} characters`)
  return path
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function isBelow(path: string, ancestor: string): boolean {
  return path.length > prefixOf(ancestor).length && path.startsWith(prefixOf(ancestor))
}

/** What every path below this one starts with. */
export function prefixOf(path: string): string {
  return path === '/' ? '/' : `${path}/`
}

/** What no path below this one comes after: `0` is the character after `/`, so a range finds by index what `LIKE` would search for. */
export function afterPrefix(path: string): string {
  return path === '/' ? '0' : `${path}0`
}

/** What is directly in a directory and leads to a path below it, or is it. */
export function childOf(directory: string, path: string): string {
  const end = path.indexOf('/', prefixOf(directory).length)
  return end < 0 ? path : path.slice(0, end)
}

/** A name that can be a segment of a path, as close to the title as that allows. */
export function toSlug(title: string): string {
  const slug = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-|-$/g, '')
  return slug || 'untitled'
}

function clip(text: string): string {
  return text.length > 80 ? `${cutText(text, 80)}…` : text
}
