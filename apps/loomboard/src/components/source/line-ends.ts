import type { ChangeSet } from '@codemirror/state'

/** A text as the editor has it: its lines end in one way. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** The text with what was changed of it in the editor; all other lines end as they did. */
export function withChanges(text: string, changes: ChangeSet): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const toText = text.includes('\r') ? walker(text) : (at: number) => at
  let written = ''
  let at = 0
  changes.iterChanges((from, to, _from, _to, inserted) => {
    written += text.slice(at, toText(from)) + inserted.toString().replaceAll('\n', eol)
    at = toText(to)
  }, true)
  return written + text.slice(at)
}

/** Finds places of the editor in the text, from the first to the last. */
function walker(text: string): (at: number) => number {
  let [inEditor, inText] = [0, 0]
  return (at) => {
    for (; inEditor < at; inEditor++) inText += text.startsWith('\r\n', inText) ? 2 : 1
    return inText
  }
}
