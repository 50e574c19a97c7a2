import { anyReason } from '@loomcycle/proto/teams'
import { useId } from 'react'
import { withValue } from '../../../components/definitions/definition-text.ts'
import { isAbout } from '../../../components/definitions/editor/field-problem.ts'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { cn } from '../../../lib/cn.ts'
import { moveEdge, removeEdge } from '../model/edit-graph.ts'
import { Said } from './cell.tsx'
import { RowMenu } from './row-menu.tsx'
import type { TableProps } from './state-row.tsx'

const kinds = ['success', 'pushback', 'conditional', 'other'] as const
type Kind = (typeof kinds)[number]

const kindWords: Record<Kind, string> = {
  success: 'On success',
  pushback: 'Sent back',
  conditional: 'If',
  other: 'Something else',
}
const begun: Record<Kind, string> = {
  success: 'success',
  pushback: `pushback:${anyReason}`,
  conditional: 'conditional:',
  other: '',
}

interface EdgeRowProps extends TableProps {
  at: number
  /** Those that it can change places with. */
  before: number | undefined
  after: number | undefined
  /** The state that it is to lead from has to be chosen, too. */
  isLoose?: boolean
}

/** A way on: when it is taken, and where it leads. */
export function EdgeRow({ text, graph, problems, at, before, after, isLoose = false, onText }: EdgeRowProps) {
  const { states = [], transitions = [] } = graph
  const { from, to, on } = transitions[at]!
  const id = useId()
  const kind = kindOf(on)
  const path = (key: string) => ['transitions', String(at), key]
  const put = (key: string, value: string) => onText(withValue(text, path(key), value))
  const wrong = problems.filter((problem) => isAbout(problem, ['transitions', String(at)]))
  const saidOf = (key: string) => ({
    'aria-describedby': wrong.length > 0 ? id : undefined,
    'aria-invalid': wrong.some((problem) => isAbout(problem, path(key))) || undefined,
  })
  const names = [...new Set(states.map(({ state }) => state))]
  const name = `way ${at + 1}`
  return (
    <li data-field={`transitions.${at}`}>
      <div className="flex items-start gap-2">
        <div className="team-way min-w-0 flex-1">
          {isLoose && (
            <StateSelect
              label={`Where ${name} begins`}
              field={path('from')}
              value={from}
              names={names}
              {...saidOf('from')}
              onChange={(value) => put('from', value)}
            />
          )}
          <Select
            {...saidOf('on')}
            aria-label={`When ${name} is taken`}
            className="w-full"
            value={kind}
            onChange={({ target }) => put('on', begun[target.value as Kind])}
          >
            {kinds
              .filter((one) => one !== 'other' || kind === 'other')
              .map((one) => (
                <option key={one} value={one}>
                  {kindWords[one]}
                </option>
              ))}
          </Select>
          {kind !== 'success' && (
            <div data-field={path('on').join('.')} className="is-words min-w-0">
              <Input
                {...saidOf('on')}
                aria-label={
                  kind === 'pushback'
                    ? `Reason of ${name}`
                    : kind === 'conditional'
                      ? `Condition of ${name}`
                      : `What ${name} says`
                }
                autoCapitalize="none"
                spellCheck={false}
                maxLength={1100}
                placeholder={kind === 'pushback' ? 'a reason, or * for any' : 'fields.score >= 8'}
                value={kind === 'other' ? on : on.slice(kind.length + 1)}
                onChange={({ target }) => put('on', kind === 'other' ? target.value : `${kind}:${target.value}`)}
                className="px-2 font-mono text-sm"
              />
            </div>
          )}
          <StateSelect
            label={`Where ${name} leads`}
            field={path('to')}
            value={to}
            names={names}
            {...saidOf('to')}
            className={cn(kind === 'success' && !isLoose && 'is-last')}
            onChange={(value) => put('to', value)}
          />
        </div>
        <span className="flex h-8 items-center">
          <RowMenu
            label={`Actions for ${name}`}
            onUp={before === undefined ? undefined : () => onText(moveEdge(text, at, before))}
            onDown={after === undefined ? undefined : () => onText(moveEdge(text, at, after))}
            onRemove={() => onText(removeEdge(text, at))}
          />
        </span>
      </div>
      <Said id={id} problems={wrong} />
    </li>
  )
}

function kindOf(on: string): Kind {
  if (on === 'success') return 'success'
  return kinds.find((kind) => on.startsWith(`${kind}:`)) ?? 'other'
}

interface StateSelectProps {
  label: string
  field: readonly string[]
  value: string
  names: readonly string[]
  className?: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  onChange: (state: string) => void
}

function StateSelect({ label, field, value, names, className, onChange, ...common }: StateSelectProps) {
  return (
    <div data-field={field.join('.')} className={cn('flex min-w-0 items-center gap-1.5', className)}>
      <span aria-hidden="true" className="text-faint">
        →
      </span>
      <Select
        {...common}
        aria-label={label}
        className="min-w-0 flex-1"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {!names.includes(value) && (
          <option value={value}>{value === '' ? 'Choose a state' : `${value}, which is gone`}</option>
        )}
        {names.map((name) => (
          <option key={name} value={name}>
            {name || 'No name'}
          </option>
        ))}
      </Select>
    </div>
  )
}
