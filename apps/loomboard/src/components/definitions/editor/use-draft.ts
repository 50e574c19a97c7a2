import { useEffect, useState } from 'react'
import { type Draft, keepDrafts, readDrafts } from './draft.ts'

/** What is being written; it survives reloads, errors and going elsewhere until it is saved or thrown away. */
export function useDraft(key: string, begun: Draft) {
  const [drafts, setDrafts] = useState(() => readDrafts(key))
  const [isBegun, setBegun] = useState(drafts.length > 0)
  const draft = drafts.at(-1) ?? begun
  const isChanged = draft.text !== begun.text || draft.name !== begun.name || draft.note !== begun.note
  const isKept = drafts.length > 1 || isChanged

  useEffect(() => keepDrafts(key, isKept ? drafts : []), [key, drafts, isKept])

  return {
    draft,
    /** Something was written and is not saved. */
    isChanged,
    /** It was there when the page was opened. */
    wasThere: isBegun,
    /** Others that were left in tabs that are gone. */
    others: drafts.length - 1,
    change(next: Partial<Draft>) {
      setDrafts([...drafts.slice(0, -1), { ...draft, ...next }])
    },
    /** The one before this, in its place; this one is there after all others. */
    swap() {
      setDrafts([draft, ...drafts.slice(0, -1)])
    },
    discard() {
      setBegun(false)
      setDrafts([])
      keepDrafts(key, [])
    },
  }
}
