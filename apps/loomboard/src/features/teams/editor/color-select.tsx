import { namedColors } from '@loomcycle/proto/teams'
import { toCss } from '../../../components/teams/state-color.ts'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'

interface ColorSelectProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  value: string | undefined
  onChange: (color: string | undefined) => void
}

/** One of the colors with a name, or any other by its number. */
export function ColorSelect({ value, onChange, ...common }: ColorSelectProps) {
  const isOwn = value !== undefined && !namedColors.some((name) => name === value)
  const dot = toCss(value)
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span
        aria-hidden="true"
        className="size-4 shrink-0 rounded-full border border-line-strong"
        style={dot ? { background: dot, borderColor: dot } : undefined}
      />
      <Select
        {...common}
        className="min-w-24 flex-1"
        value={isOwn ? 'other' : (value ?? '')}
        onChange={({ target }) => onChange(target.value === 'other' ? '#808080' : target.value || undefined)}
      >
        <option value="">None</option>
        {namedColors.map((name) => (
          <option key={name} value={name}>
            {name[0]!.toUpperCase() + name.slice(1)}
          </option>
        ))}
        <option value="other">Other</option>
      </Select>
      {isOwn && (
        <Input
          aria-label="Its number"
          spellCheck={false}
          maxLength={20}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className="h-8 min-w-24 flex-1 basis-24 font-mono text-sm"
        />
      )}
    </div>
  )
}
