import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { type FieldSpec, humanName } from '../model/field-chips.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { typedValue } from '../views/table/typed-value.ts'
import type { Key } from '../writing/patch.ts'

/** One field of the types that are selected, and what it is to be. */
export function FieldSetter(props: {
  chosen: readonly OutlineChunk[]
  types: ReadonlyMap<string, readonly FieldSpec[]>
  onSet: (key: Key, value: unknown) => void
}) {
  const { chosen, types, onSet } = props
  const fields = fieldsOf(chosen, types)
  const [name, setName] = useState(fields[0]?.name ?? '')
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')
  const field = fields.find((each) => each.name === name)
  if (!field) return <p className="px-1 text-muted text-sm">What is selected has no fields.</p>
  const { kind, options } = field
  const set = (value: unknown) => onSet(`fields.${name}`, value)

  function save(): void {
    const result = kind === 'checkbox' ? { value: typed === 'yes' ? true : null } : typedValue(kind, typed)
    if ('problem' in result) setProblem(result.problem)
    else set(result.value)
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Select
        aria-label="Field"
        value={name}
        onChange={({ target }) => {
          setName(target.value)
          setTyped('')
          setProblem('')
        }}
      >
        {fields.map((each) => (
          <option key={each.name} value={each.name}>
            {humanName(each.name)}
          </option>
        ))}
      </Select>
      {kind === 'select' || kind === 'checkbox' ? (
        <Select aria-label="Value" value={typed} onChange={({ target }) => setTyped(target.value)}>
          <option value="">{kind === 'checkbox' ? 'Not ticked' : 'None'}</option>
          {(kind === 'checkbox' ? ['yes'] : options).map((option) => (
            <option key={option} value={option}>
              {kind === 'checkbox' ? 'Ticked' : option}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          aria-label="Value"
          placeholder="Empty"
          type={kind === 'date' ? 'date' : 'text'}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            setProblem('')
          }}
          className="h-8 text-sm"
        />
      )}
      {problem && (
        <p role="alert" className="text-danger text-xs">
          {problem}
        </p>
      )}
      <Button type="submit" variant="primary" size="sm">
        Set it for {chosen.length}
      </Button>
    </form>
  )
}

function fieldsOf(chosen: readonly OutlineChunk[], types: ReadonlyMap<string, readonly FieldSpec[]>): FieldSpec[] {
  const fields = new Map<string, FieldSpec>()
  for (const type of new Set(chosen.map(({ type }) => type ?? ''))) {
    for (const spec of types.get(type) ?? []) if (!fields.has(spec.name)) fields.set(spec.name, spec)
  }
  return [...fields.values()]
}
