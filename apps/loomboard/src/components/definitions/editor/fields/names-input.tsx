import { X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { isComposing } from '../../../../lib/composing.ts'
import { Input } from '../../../ui/input.tsx'

export interface NamesInputProps {
  id: string
  label: string
  describedBy: string
  isInvalid: boolean
  value: readonly string[]
  offered: readonly string[]
  onChange: (value: string[] | undefined) => void
}

/** Names, each of which can be taken out; Enter or a comma puts the next one in. */
export function NamesInput({ id, label, describedBy, isInvalid, value, offered, onChange }: NamesInputProps) {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useId()
  const choices = offered.filter((name) => !value.includes(name))
  const put = (words: string) => {
    const names = words.split(',').flatMap((word) => word.trim() || [])
    const fresh = names.filter((name, i) => !value.includes(name) && names.indexOf(name) === i)
    if (fresh.length > 0) onChange([...value, ...fresh])
    setTyped('')
  }
  const take = (name: string) => {
    const left = value.filter((other) => other !== name)
    onChange(left.length > 0 ? left : undefined)
    field.current?.focus()
  }
  return (
    <div>
      {value.length > 0 && (
        <ul aria-label={label} className="mb-1.5 flex flex-wrap gap-1.5">
          {value.map((name) => (
            <li
              key={name}
              className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-full border bg-surface pl-2 font-mono text-xs coarse:h-10"
            >
              <span className="truncate">{name}</span>
              <button
                type="button"
                aria-label={`Take out ${name}`}
                onClick={() => take(name)}
                className="inline-flex size-6 shrink-0 items-center justify-center rounded-full text-faint hover:text-text coarse:size-10"
              >
                <X aria-hidden="true" className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Input
        ref={field}
        id={id}
        list={choices.length > 0 ? list : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        placeholder={value.length > 0 ? 'Another one' : 'None'}
        value={typed}
        onChange={(event) =>
          event.target.value.includes(',') ? put(event.target.value) : setTyped(event.target.value)
        }
        onBlur={() => put(typed)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Enter') {
            event.preventDefault()
            put(typed)
          } else if (event.key === 'Backspace' && typed === '' && value.length > 0) take(value.at(-1)!)
        }}
        className="font-mono text-sm"
      />
      <datalist id={list}>
        {choices.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  )
}
