import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { mostOptions } from '../../../../components/first-of.tsx'
import { cn } from '../../../../lib/cn.ts'
import { isComposing } from '../../../../lib/composing.ts'
import { StatusOptions } from '../../components/status-options.tsx'
import type { StatusChoice } from '../../teams/statuses.ts'
import { type Key, same } from '../../writing/patch.ts'
import type { Column } from './columns.ts'
import { toTyped, typedValue } from './typed-value.ts'

/** Where one goes on after writing. */
export type Leave = 'down' | 'on' | 'back'
export type Suggestions = (key: Key) => readonly string[]

export interface CellEditorProps {
  column: Column
  value: unknown
  suggestions: Suggestions
  statuses: readonly StatusChoice[]
  onSave: (value: unknown) => void
  onLeave: (direction?: Leave) => void
  /** The focus has gone elsewhere by itself. */
  onGone: () => void
}

const style = 'absolute inset-0 size-full rounded-none bg-raised px-2 text-sm outline-2 outline-ring -outline-offset-2'

/** Writes one cell: Enter goes down, Tab goes on, Escape leaves it as it was. What is no value stays and says why. */
export function CellEditor(props: CellEditorProps) {
  const { column, value, suggestions, statuses, onSave, onLeave, onGone } = props
  const { kind, options, title } = column
  const [typed, setTyped] = useState(() => toTyped(kind, value))
  const [problem, setProblem] = useState('')
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const isOver = useRef(false)
  const withArrows = useRef(false)
  const id = useId()
  useEffect(() => {
    field.current?.focus()
    field.current?.select?.()
  }, [])

  function save(text: string): boolean {
    const result = typedValue(kind, text)
    if ('problem' in result) {
      setProblem(result.problem)
      return false
    }
    isOver.current = true
    if (!same(result.value, value) && !(result.value === null && value === '')) onSave(result.value)
    return true
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event.nativeEvent)) return
    const { key } = event
    withArrows.current = key.startsWith('Arrow') || key.length === 1
    if (key === 'Escape') {
      isOver.current = true
      onLeave()
    } else if (key === 'Enter' || key === 'Tab') {
      if (save(typed)) onLeave(key === 'Enter' ? 'down' : event.shiftKey ? 'back' : 'on')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shared = {
    ref: field,
    'aria-label': title,
    'aria-invalid': problem !== '' || undefined,
    'aria-describedby': problem ? id : undefined,
    onKeyDown,
    onBlur: () => {
      if (isOver.current) return
      // Whoever goes elsewhere leaves what is no value behind.
      save(typed)
      onGone()
    },
    className: cn(style, problem && 'outline-danger'),
  }
  if (kind === 'status' || kind === 'type' || kind === 'select') {
    const known = kind === 'select' ? options : suggestions(column.key)
    const all = [...new Set([...known, ...(typed ? [typed] : [])])]
    return (
      <select
        {...shared}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          // By keyboard one passes others on the way.
          if (!withArrows.current && save(target.value)) onLeave()
        }}
      >
        {kind === 'status' ? (
          <StatusOptions choices={statuses} value={typed} />
        ) : (
          <>
            <option value="">{kind === 'select' ? 'None' : `No ${kind}`}</option>
            {all.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </>
        )}
      </select>
    )
  }
  const isDay = kind === 'date' && !typed.includes('T')
  const offered = kind === 'person' ? suggestions(column.key) : []
  return (
    <>
      <input
        {...shared}
        type={isDay ? 'date' : 'text'}
        inputMode={kind === 'number' ? 'decimal' : kind === 'url' ? 'url' : undefined}
        list={offered.length > 0 ? `${id} list` : undefined}
        value={typed}
        onChange={({ target }) => {
          setProblem('')
          setTyped(target.value)
        }}
      />
      {offered.length > 0 && (
        <datalist id={`${id} list`}>
          {offered.slice(0, mostOptions).map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {problem && (
        <p
          id={id}
          role="alert"
          className="absolute top-full left-0 z-30 w-max max-w-64 rounded-md bg-danger-soft px-2 py-1 text-danger text-xs shadow-pop"
        >
          {problem}
        </p>
      )}
    </>
  )
}
