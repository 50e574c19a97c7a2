import { autocompletion, closeCompletion, completionKeymap, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorSelection, type Extension, Prec, RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { continuedList } from '../../../../components/source/continue-list.ts'
import { markdownLanguage } from '../../../../components/source/markdown-language.ts'
import { chunkLinks, type LinkSources } from './completions/chunk-links.ts'
import { slashMenu } from './completions/slash-menu.ts'
import { disputedPlaces } from './disputed-places.ts'
import { imagesIn } from './paste/images-in.ts'
import { pastedTable } from './paste/pasted-table.ts'

export interface EditorOptions {
  label: string
  links: LinkSources
  onDone(): void
  onBlur(): void
  /** Where pictures can be put into the text. */
  onImages: ((files: readonly File[], at: number) => void) | undefined
  onPickImage: (() => void) | undefined
}

export function editorExtensions(options: EditorOptions): Extension {
  const { label, links, onDone, onBlur, onImages, onPickImage } = options
  const blocks = slashMenu({ onImage: onPickImage })
  const chunks = chunkLinks(links)
  return [
    history(),
    markdownLanguage,
    disputedPlaces,
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    directions,
    placeholder('Write in Markdown. / for blocks, [[ for links.'),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
      enterkeyhint: 'enter',
    }),
    autocompletion({
      // One source: nothing that is offered waits for another one.
      override: [(context) => blocks(context) ?? chunks(context)],
      icons: false,
      interactionDelay: 0,
      aboveCursor: false,
    }),
    Prec.high(
      keymap.of([
        {
          key: 'Enter',
          run(view) {
            const next = completionStatus(view.state) === null ? continuedList(view.state) : undefined
            if (next) view.dispatch(next)
            return next !== undefined
          },
        },
        {
          key: 'Mod-Enter',
          run() {
            onDone()
            return true
          },
        },
        {
          key: 'Escape',
          run(view) {
            if (!closeCompletion(view)) onDone()
            return true
          },
        },
      ]),
    ),
    keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.domEventHandlers({
      blur(_event, view) {
        // A cursor at a fold of its line is put there once more with the next measure, and would take the focus along.
        const { main } = view.state.selection
        if (main.empty && main.assoc !== 0) view.dispatch({ selection: EditorSelection.cursor(main.head) })
        onBlur()
      },
      paste(event, view) {
        const data = event.clipboardData
        if (!data) return false
        const table = pastedTable({ html: data.getData('text/html'), text: data.getData('text/plain') })
        const files = imagesIn(data)
        if (!table && (files.length === 0 || !onImages)) return false
        event.preventDefault()
        if (table) view.dispatch(view.state.replaceSelection(table), { userEvent: 'input.paste', scrollIntoView: true })
        else onImages?.(files, view.state.selection.main.head)
        return true
      },
      drop(event, view) {
        const files = imagesIn(event.dataTransfer)
        if (files.length === 0 || !onImages) return false
        event.preventDefault()
        onImages(files, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head)
        return true
      },
    }),
  ]
}

/** Each line runs in the direction of its own words. */
const directed = Decoration.line({ attributes: { dir: 'auto' } })
const directions = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = linesOf(view)
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = linesOf(view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function linesOf({ visibleRanges, state }: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      lines.add(line.from, line.from, directed)
      if (line.to >= to || line.number === state.doc.lines) break
    }
  }
  return lines.finish()
}
