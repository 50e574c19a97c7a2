import { type Completion, type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'

/** What can be put into a text, as the menu after `/` calls it. */
const offers: readonly (readonly [label: string, shown: string, template: string, words: string])[] = [
  ['Heading 1', '#', '# #{}', 'title'],
  ['Heading 2', '##', '## #{}', 'title'],
  ['Heading 3', '###', '### #{}', 'title'],
  ['List', '-', '- #{}', 'bullet'],
  ['Numbered list', '1.', '1. #{}', 'ordered'],
  ['Checkbox', '- [ ]', '- [ ] #{}', 'task todo'],
  ['Table', '| |', '| #{Column} | #{Column} |\n| --- | --- |\n| #{} |  |', ''],
  ['Code', '```', '```#{language}\n#{}\n```', 'fence'],
  ['Quote', '>', '> #{}', ''],
  ['Divider', '---', '---\n\n#{}', 'rule line'],
]

export interface SlashActions {
  onImage: (() => void) | undefined
}

/** Offers blocks where a line begins with `/`. */
export function slashMenu({ onImage }: SlashActions) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos)
    const before = line.text.slice(0, context.pos - line.from)
    const typed = /^\s*\/([\w ]{0,20})$/.exec(before)
    if (!typed) return null
    const from = context.pos - (typed[1] ?? '').length - 1
    const options: Completion[] = offers.map(([label, shown, template, words], i) => ({
      label: `/${label} ${words}`.trim(),
      displayLabel: label,
      detail: shown,
      apply: snippet(template),
      boost: offers.length - i,
    }))
    options.push({ label: '/Link to a chunk', displayLabel: 'Link to a chunk', detail: '[[', apply: '[[', boost: -1 })
    if (onImage) {
      options.push({
        label: '/Image picture',
        displayLabel: 'Image',
        detail: 'a file',
        boost: -2,
        apply(view: EditorView, _: Completion, start: number, end: number) {
          view.dispatch({ changes: { from: start, to: end } })
          onImage()
        },
      })
    }
    return { from, options, validFor: /^\/[\w ]{0,20}$/ }
  }
}
