import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

/** Where in the text something is still to be decided. */
export const setDisputed = StateEffect.define<readonly { from: number; to: number }[]>()

const disputed = Decoration.line({ class: 'src-disputed' })

export const disputedPlaces = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state: { doc } }) {
    for (const effect of effects) {
      if (!effect.is(setDisputed)) continue
      const lines = new Set<number>()
      for (const { from, to } of effect.value) {
        // The places are those of the text as it is kept, which the editor may not have taken in yet.
        const lineAt = (place: number) => doc.lineAt(Math.min(place, doc.length)).number
        for (let line = lineAt(from); line <= lineAt(Math.max(from, to - 1)); line++) lines.add(doc.line(line).from)
      }
      return Decoration.set([...lines].sort((a, b) => a - b).map((from) => disputed.range(from)))
    }
    return marks.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})
