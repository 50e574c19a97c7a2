import type { ChangeSpec, EditorState, TransactionSpec } from '@codemirror/state'

const item = /^([\s>]*)(?:([-*+])|(\d{1,9})([.)]))( +)(\[[ xX]\] )?/

/** A new line in a list begins like the one before it; in an item that says nothing the list ends. */
export function continuedList(state: EditorState): TransactionSpec | undefined {
  const { from, to, empty } = state.selection.main
  const line = state.doc.lineAt(from)
  const found = item.exec(line.text)
  if (!empty || !found || from < line.from + found[0].length) return undefined
  const [lead, indent = '', mark = '', number = '', after = '', space = ' ', box] = found
  if (line.text.length === lead.length) {
    const change: ChangeSpec = { from: line.from + indent.length, to: line.to, insert: '' }
    return { changes: change, selection: { anchor: line.from + indent.length }, userEvent: 'delete' }
  }
  const next = mark || `${Number(number) + 1}${after}`
  const insert = `\n${indent}${next}${space}${box ? '[ ] ' : ''}`
  return {
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input',
    scrollIntoView: true,
  }
}
