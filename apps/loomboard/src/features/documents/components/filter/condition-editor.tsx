import { useState } from 'react'
import { Input } from '../../../../components/ui/input.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { toList } from '../../model/document-search.ts'
import { type Condition, withPredicate, withValue } from '../../model/filter/conditions.ts'
import { operatorOf, operatorsOf, toPredicate } from '../../model/filter/operators.ts'
import type { FieldPredicate } from '../../model/filter/predicates.ts'
import { ChoiceList } from './choice-list.tsx'
import type { FilterProps } from './conditions-props.ts'
import { LinkChoice } from './link-choice.tsx'
import type { Properties } from './use-properties.ts'

type EditorProps = Pick<FilterProps, 'search' | 'onSearch' | 'chunks'> & {
  condition: Condition
  properties: Properties
}

/** What a condition says, to be changed: values to tick, or how a field compares. */
export function ConditionEditor({ condition, search, onSearch, chunks, properties }: EditorProps) {
  const { subject, predicate, at } = condition
  if (predicate && at !== undefined) {
    return (
      <FieldCondition
        predicate={predicate}
        properties={properties}
        onChange={(next) => onSearch(withPredicate(search, at, next))}
      />
    )
  }
  switch (subject) {
    case 'status':
    case 'type':
    case 'tags':
      return (
        <ChoiceList
          label={subject}
          choices={properties.choicesOf(subject)}
          chosen={toList(search[subject])}
          onToggle={(value) => onSearch(withValue(search, subject, value))}
        />
      )
    case 'edge':
      return <LinkChoice chunks={chunks} chosen={search.edge} onChoose={(edge) => onSearch({ edge })} />
    default:
      return <p className="px-1 text-muted text-sm">Only what others have changed since you last looked.</p>
  }
}

function FieldCondition(props: {
  predicate: FieldPredicate
  properties: Properties
  onChange: (next: FieldPredicate) => void
}) {
  const { predicate, properties, onChange } = props
  const { field, value } = predicate
  const kind = properties.kindOf(field)
  const operator = operatorOf(predicate, kind)
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label="How it compares"
        value={operator.id}
        onChange={({ target }) => {
          const next = operatorsOf(kind).find(({ id }) => id === target.value) ?? operator
          onChange(toPredicate(field, next, next.asks === operator.asks ? value : undefined))
        }}
      >
        {operatorsOf(kind).map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      {operator.asks === 'choices' && (
        <ChoiceList
          label={field}
          choices={properties.choicesOf(`field:${field}`)}
          chosen={Array.isArray(value) ? value.map(String) : []}
          onToggle={(each) => {
            const values = Array.isArray(value) ? value.map(String) : []
            const next = values.includes(each) ? values.filter((one) => one !== each) : [...values, each]
            onChange(toPredicate(field, operator, next))
          }}
        />
      )}
      {operator.asks && operator.asks !== 'choices' && (
        <TypedValue
          key={operator.id}
          type={operator.asks}
          value={value}
          onChange={(next) => onChange(toPredicate(field, operator, next))}
        />
      )}
    </div>
  )
}

/** Counts as soon as it is something. */
function TypedValue(props: { type: 'text' | 'number' | 'date'; value: unknown; onChange: (value: unknown) => void }) {
  const { type, value, onChange } = props
  const [typed, setTyped] = useState(value === undefined || value === null ? '' : String(value))
  return (
    <Input
      aria-label="Value"
      type={type}
      step="any"
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.validity.badInput) return
        onChange(type === 'number' && target.value !== '' ? target.valueAsNumber : target.value)
      }}
      className="h-8 text-sm"
    />
  )
}
