import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { isComposing } from '../../../../lib/composing.ts'
import { mostMatches } from '../../model/rows/search.ts'
import { findQuery } from '../../reading.ts'
import type { Find } from './use-find.ts'

export interface FindBarProps {
  find: Find
  /** How much of the conversation has been looked at, from 0 to 1. */
  searched: number
  onClose: () => void
}

/** Looks for words in the whole conversation, as far back as it goes. */
export function FindBar({ find, searched, onClose }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <search
      aria-label="Find in this conversation"
      className="absolute top-2 right-2 left-2 z-10 flex h-11 animate-fade-in items-center gap-1 rounded-lg bg-raised pr-1.5 pl-3 shadow-pop sm:left-auto sm:w-96"
    >
      <input
        ref={field}
        type="text"
        aria-label="Find in this conversation"
        placeholder="Find in this conversation"
        value={find.query}
        enterKeyHint="search"
        onChange={(event) => findQuery.set(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Escape') onClose()
          else if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1)
          else return
          event.preventDefault()
        }}
        className="min-w-0 flex-1 bg-transparent text-base outline-none"
      />
      <span role="status" className="shrink-0 px-1 text-muted text-xs tabular-nums">
        {words(find, searched)}
      </span>
      <IconButton label="Match before" size="sm" disabled={find.matches.length === 0} onClick={() => find.step(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label="Next match" size="sm" disabled={find.matches.length === 0} onClick={() => find.step(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton label="Close find" size="sm" onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}

function words({ query, matches, at }: Find, searched: number): string {
  if (query.trim() === '') return ''
  const count = matches.length >= mostMatches ? `${mostMatches}+` : String(matches.length)
  const found = matches.length === 0 ? 'Nothing' : `${at + 1} of ${count}`
  if (searched >= 1) return matches.length === 0 ? 'Nothing found' : found
  return `${found}, ${Math.round(searched * 100)} % searched`
}
