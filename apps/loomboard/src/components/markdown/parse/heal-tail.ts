import { withoutCode } from './code-spans.ts'

/**
 * Closes what the end of a growing text leaves open, so that half a `**bold` or half a link does not flicker as raw
 * characters. Only looks at the last paragraph; what it adds is never stored.
 */
export function healTail(text: string): string {
  const from = Math.max(text.lastIndexOf('\n\n'), 0)
  let head = text.slice(0, from)
  let tail = text.slice(from)

  // A link or image whose target is still being written shows as its label.
  tail = tail.replace(/!?\[([^[\]\n]*)\]\([^()\s]*$/, '$1').replace(/!?\[([^[\]\n]*)$/, '$1')
  // A lone marker at the very end announces something that is not there yet.
  tail = tail.replace(/(?:^|(?<=\s))(?:\*{1,3}|_{1,3}|~~?|`{1,2})$/, '')
  // Anything on a list or quote line that has no text yet.
  tail = tail.replace(/(?<=\n)[ \t]*(?:[-*+]|\d{1,9}[.)]?|>|#{1,6})[ \t]*$/, '')

  const { plain, open } = withoutCode(tail)
  if (open) return head + tail + open
  const words = plain.replace(/\\./g, '')
  let closing = ''
  for (const mark of ['**', '~~', '*', '_']) {
    if (isOpen(`${words.trimEnd()}${closing}`, mark)) closing += mark
  }
  if (closing) tail = tail.trimEnd() + closing
  // `---` or `===` under a paragraph would turn it into a heading for a moment.
  head += tail.replace(/\n[ \t]*(?:-+|=+)[ \t]*$/, '')
  return head
}

function isOpen(plain: string, mark: string): boolean {
  let open = false
  for (const match of plain.matchAll(markers[mark]!)) {
    const before = plain[match.index - 1] ?? ' '
    const after = plain[match.index + mark.length] ?? ' '
    if (!open && !/\s/.test(after) && (mark !== '_' || !/\w/.test(before))) open = true
    else if (open && !/\s/.test(before)) open = false
  }
  return open
}

const markers: Record<string, RegExp> = {
  '**': /\*\*/g,
  '~~': /~~/g,
  '*': /(?<!\*)\*(?!\*)/g,
  _: /(?<!_)_(?!_)/g,
}
