import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

/** Where in the text something is still to be decided. */
export const setDisputed = StateEffect.define<readonly { from: number; to: number }[]>()

const disputed = Decoration.line({ class: 'src-disputed' })

export const disputedPlaces = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    for (const effect of effects) {
      if (!effect.is(setDisputed)) continue
      const lines = new Set<number>()
      for (const { from, to } of effect.value) {
        for (let at = from; at < to || at === from; ) {
          const line = state.doc.lineAt(Math.min(at, state.doc.length))
          lines.add(line.from)
          at = line.to + 1
        }
      }
      return Decoration.set([...lines].sort((a, b) => a - b).map((from) => disputed.range(from)))
    }
    return marks.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})
