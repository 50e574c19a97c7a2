import { useId } from 'react'
import { cn } from '../../lib/cn.ts'

/** A handful of choices of which exactly one holds: a radio group drawn as one control. */
export function Segmented<T extends string>(props: {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}) {
  const group = useId()
  return (
    <fieldset className="inline-flex rounded-lg bg-surface p-0.5 ring-1 ring-line ring-inset">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'cursor-pointer rounded-md px-3 py-1 font-medium text-sm outline-offset-2 outline-ring has-focus-visible:outline-2 coarse:py-2',
            option.value === props.value ? 'bg-raised text-text shadow-card' : 'text-muted hover:text-text',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={group}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
