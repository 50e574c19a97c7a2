import { SourceField } from '../../../source/source-field.tsx'
import { Input } from '../../../ui/input.tsx'
import { Select } from '../../../ui/select.tsx'
import type { Field } from '../field.ts'
import { ModelSelect, ProviderSelect } from './model-select.tsx'
import { NamesInput } from './names-input.tsx'

export interface FieldControlProps {
  field: Field
  id: string
  describedBy: string
  isInvalid: boolean
  value: unknown
  /** The service that is chosen, for models of it. */
  provider: string | undefined
  offered: readonly string[]
  onChange: (value: unknown) => void
}

const isText = (value: unknown): value is string => typeof value === 'string'
const areTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)

/** Whether a control can show this; what it cannot is left to the text. */
export function fits({ kind }: Field, value: unknown): boolean {
  if (value === undefined || value === null) return true
  switch (kind.is) {
    case 'number':
      return typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean'
    case 'names':
      return areTexts(value)
    case 'choices':
      return areTexts(value) && value.every((one) => kind.of.some(([known]) => known === one))
    case 'choice':
      return isText(value) && kind.of.includes(value)
    default:
      return isText(value)
  }
}

/** Where the value of a field is put in. */
export function FieldControl(props: FieldControlProps) {
  const { field, id, describedBy, isInvalid, value, offered, onChange } = props
  const { kind, label } = field
  const common = { id, 'aria-describedby': describedBy, 'aria-invalid': isInvalid || undefined }
  const text = isText(value) ? value : ''
  const orNothing = (words: string) => onChange(words === '' ? undefined : words)
  switch (kind.is) {
    case 'text':
      return <Input {...common} dir="auto" value={text} onChange={({ target }) => orNothing(target.value)} />
    case 'long':
      return (
        <SourceField
          label={label}
          describedBy={describedBy}
          isInvalid={isInvalid}
          language={kind.language}
          hint={kind.hint}
          value={text}
          onChange={orNothing}
        />
      )
    case 'number':
      return (
        <Input
          {...common}
          type="number"
          min={kind.min}
          max={kind.max}
          step={kind.step}
          value={typeof value === 'number' ? value : ''}
          onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
          className="max-w-48 tabular-nums"
        />
      )
    case 'flag':
      return (
        <Select
          {...common}
          className="w-40"
          value={typeof value === 'boolean' ? String(value) : ''}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value === 'true')}
        >
          <option value="">Not said</option>
          <option value="true">Yes</option>
          <option value="false">No</option>
        </Select>
      )
    case 'choice':
      return (
        <Select {...common} className="w-48" value={text} onChange={({ target }) => orNothing(target.value)}>
          <option value="">Not said</option>
          {kind.of.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      )
    case 'choices':
      return <Choices {...props} kind={kind} />
    case 'names':
      return (
        <NamesInput
          id={id}
          label={label}
          describedBy={describedBy}
          isInvalid={isInvalid}
          value={areTexts(value) ? value : []}
          offered={offered}
          onChange={onChange}
        />
      )
    case 'provider':
      return <ProviderSelect {...common} value={text} onChange={orNothing} />
    case 'model':
      return <ModelSelect {...common} provider={props.provider} value={text} onChange={orNothing} />
  }
}

function Choices({
  field,
  kind,
  describedBy,
  value,
  onChange,
}: FieldControlProps & { kind: Extract<Field['kind'], { is: 'choices' }> }) {
  const chosen = areTexts(value) ? value : []
  return (
    <fieldset aria-describedby={describedBy} className="flex flex-wrap gap-x-5 gap-y-1">
      <legend className="sr-only">{field.label}</legend>
      {kind.of.map(([choice, words]) => (
        <label key={choice} className="inline-flex items-center gap-2 text-sm coarse:min-h-10">
          <input
            type="checkbox"
            checked={chosen.includes(choice)}
            onChange={({ target }) => {
              const next = kind.of.flatMap(([one]) =>
                (one === choice ? target.checked : chosen.includes(one)) ? [one] : [],
              )
              onChange(next.length > 0 ? next : undefined)
            }}
            className="size-4 accent-accent"
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
