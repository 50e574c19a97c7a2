import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { accept, type Suggestion, type SuggestionSource, suggest, tokenAt } from './suggestions.ts'
import { useFound } from './use-found.ts'

export interface SuggestionsState {
  id: string
  title: string
  offered: readonly Suggestion[]
  active: number
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean
  onCaret: () => void
  choose: (suggestion: Suggestion) => void
}

/** What is offered for the word at the caret, and what the keys do with it. */
export function useSuggestions(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  setText: (text: string) => void,
  sources: readonly SuggestionSource[],
): SuggestionsState {
  const id = useId()
  const [caret, setCaret] = useState(0)
  const [dismissed, setDismissed] = useState('')
  const [picked, setPicked] = useState({ text: '', index: 0 })
  const token = text === dismissed ? undefined : tokenAt(text, Math.min(caret, text.length))
  const found = useFound(sources, token)
  const offered = token ? suggest(sources, token, found) : []
  const active = picked.text === text ? Math.min(picked.index, offered.length - 1) : 0

  function choose(suggestion: Suggestion): void {
    if (!token || suggestion.unavailable) return
    const next = accept(text, token, suggestion)
    setText(next.text)
    setCaret(next.caret)
    suggestion.run?.()
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret))
  }

  return {
    id,
    title: titleOf(sources.filter(({ trigger }) => trigger === token?.trigger)),
    offered,
    active,
    choose,
    onCaret: () => setCaret(field.current?.selectionStart ?? 0),
    onKey(event) {
      if (offered.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return false
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step) setPicked({ text, index: (active + step + offered.length) % offered.length })
      else if (event.key === 'Escape') setDismissed(text)
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(offered[active]!)
      else return false
      event.preventDefault()
      return true
    },
  }
}

/** `Agents and documents`. */
function titleOf(sources: readonly SuggestionSource[]): string {
  const titles = sources.map(({ title }, i) => (i === 0 ? title : title.toLowerCase()))
  return [...new Set(titles)].join(' and ')
}
