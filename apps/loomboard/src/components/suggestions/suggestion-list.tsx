import { cn } from '../../lib/cn.ts'
import { type Suggestion, suggestionId } from './suggestions.ts'

export interface SuggestionListProps {
  id: string
  title: string
  suggestions: readonly Suggestion[]
  active: number
  onChoose: (suggestion: Suggestion) => void
}

/** Stands above the field while a command or a mention is typed; the field keeps the focus. */
export function SuggestionList({ id, title, suggestions, active, onChoose }: SuggestionListProps) {
  return (
    <div className="absolute right-0 bottom-full left-0 z-20 mb-1.5 rounded-lg bg-raised p-1 shadow-pop sm:right-auto sm:w-96">
      <div id={id} role="listbox" aria-label={title}>
        {suggestions.map((suggestion, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          <div
            key={suggestion.id}
            id={suggestionId(id, i)}
            role="option"
            aria-selected={i === active}
            aria-disabled={suggestion.unavailable !== undefined}
            // Taking the focus would end what is typed.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(suggestion)}
            className={cn(
              'flex cursor-default items-baseline gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover coarse:py-2.5',
              i === active && 'bg-hover',
            )}
          >
            <span className={cn('shrink-0 font-medium', suggestion.unavailable && 'text-faint')}>
              {suggestion.label}
            </span>
            <span className="min-w-0 truncate text-muted text-xs">{suggestion.unavailable ?? suggestion.hint}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
