import { useId, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { cn } from '../../../../lib/cn.ts'

export interface Choice {
  value: string
  label: string
  count?: number
  /** Why it cannot be chosen. */
  refused?: string | undefined
}

/** More than this are looked for by their names. */
const many = 8
/** More than this nobody looks through. */
const most = 100

/** Values to be ticked; those that are ticked come first when it opens, and stay where they are. */
export function ChoiceList(props: {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onToggle: (value: string) => void
  /** What is typed and is not there can be added. */
  onAdd?: (value: string) => void
}) {
  const { choices, chosen } = props
  const [typed, setTyped] = useState('')
  const [first] = useState(chosen)
  const id = useId()
  const known = new Set(choices.map(({ value }) => value))
  const all: Choice[] = [
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value || 'None' })),
    ...choices,
  ]
  const inOrder = [
    ...all.filter(({ value }) => first.includes(value)),
    ...all.filter(({ value }) => !first.includes(value)),
  ]
  const words = typed.trim().toLowerCase()
  const shown = inOrder.filter(({ label }) => label.toLowerCase().includes(words))
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      {(all.length > many || props.onAdd) && (
        <Input
          aria-label={`Find among ${props.label}`}
          placeholder={props.onAdd ? 'Find or add…' : 'Find…'}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="h-8 text-sm"
        />
      )}
      {props.onAdd && words !== '' && !all.some(({ value }) => value.toLowerCase() === words) && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            props.onAdd?.(typed.trim().replace(/^#/, ''))
            setTyped('')
          }}
        >
          Add “{typed.trim()}”
        </Button>
      )}
      {shown.length === 0 && !props.onAdd && <p className="px-1 py-2 text-muted text-sm">Nothing is called that.</p>}
      <fieldset className="min-h-0 overflow-y-auto" aria-label={props.label}>
        {shown.slice(0, most).map(({ value, label, count, refused }) => (
          <label
            key={value}
            htmlFor={`${id} ${value}`}
            className={cn(
              'flex min-h-8 items-center gap-2 rounded-md px-1.5 text-sm coarse:min-h-11',
              refused ? 'py-1 text-muted' : 'cursor-pointer hover:bg-hover',
            )}
          >
            <input
              id={`${id} ${value}`}
              type="checkbox"
              checked={chosen.includes(value)}
              disabled={refused !== undefined}
              onChange={() => props.onToggle(value)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{label}</span>
              {refused && <span className="block text-faint text-xs [overflow-wrap:anywhere]">{refused}</span>}
            </span>
            {count !== undefined && (
              <span aria-hidden="true" className="text-faint text-xs tabular-nums">
                {count}
              </span>
            )}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
