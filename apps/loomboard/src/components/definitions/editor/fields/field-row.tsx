import { useId } from 'react'
import { cn } from '../../../../lib/cn.ts'
import { inWords } from '../../../../lib/json-text.ts'
import type { Field } from '../field.ts'
import { FieldControl, type FieldControlProps, fits } from './field-control.tsx'

export interface FieldRowProps extends Pick<FieldControlProps, 'provider' | 'offered'> {
  field: Field
  value: unknown
  /** What the runtime says is wrong with it. */
  problem: string | undefined
  onChange: (path: Field['path'], value: unknown) => void
}

/** A field with its name, what it means, and what is wrong with it. */
export function FieldRow({ field, value, problem, onChange, ...rest }: FieldRowProps) {
  const id = useId()
  const isGroup = field.kind.is === 'choices' || field.kind.is === 'long'
  const Name = isGroup ? 'span' : 'label'
  return (
    <div data-field={field.path.join('.')} className="py-3">
      <Name {...(isGroup ? {} : { htmlFor: id })} className="block font-medium text-sm">
        {field.label}
      </Name>
      <p id={`${id}-hint`} className="mb-1.5 text-muted text-xs">
        {field.hint}
        {problem && <span className={cn('mt-0.5 block text-danger text-sm')}>It {problem}.</span>}
      </p>
      {fits(field, value) ? (
        <FieldControl
          {...rest}
          field={field}
          id={id}
          describedBy={`${id}-hint`}
          isInvalid={problem !== undefined}
          value={value}
          onChange={(next) => onChange(field.path, next)}
        />
      ) : (
        <p className="flex flex-wrap items-center gap-2 text-sm text-warn">
          <span className="min-w-0 [overflow-wrap:anywhere]">
            The text says <code className="font-mono text-xs">{inWords(value).slice(0, 200)}</code>, which is nothing
            for this field.
          </span>
          <button
            type="button"
            onClick={() => onChange(field.path, undefined)}
            className="rounded-md px-1.5 text-muted underline underline-offset-2 coarse:min-h-10"
          >
            Take it out
          </button>
        </p>
      )}
    </div>
  )
}
