import { Plus } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { withValue } from '../../../components/definitions/definition-text.ts'
import type { OwnPaneProps } from '../../../components/definitions/editor/field.ts'
import { isAbout } from '../../../components/definitions/editor/field-problem.ts'
import { Button } from '../../../components/ui/button.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { toast } from '../../../lib/toast.ts'
import { addState, removeState } from '../model/edit-graph.ts'
import { readGraph } from '../model/read-graph.ts'
import { Cell, Said } from './cell.tsx'
import { EdgeRow } from './edge-row.tsx'
import { StateRow } from './state-row.tsx'
import { useAgentNames } from './use-team-problems.ts'

const none: readonly string[] = []

/** The graph as a table: a row for each state, and in it one for each way on. */
export function TeamPane({ text, definition, problems, onText }: OwnPaneProps) {
  const { graph } = useMemo(() => readGraph(definition), [definition])
  const agents = useAgentNames() ?? none
  const pane = useRef<HTMLDivElement>(null)
  const latest = useRef({ text, onText })
  latest.current = { text, onText }
  const { states = [], transitions = [], entry = '' } = graph
  const names = [...new Set(states.map(({ state }) => state))]
  const loose = transitions.flatMap(({ from }, i) => (names.includes(from) ? [] : [i]))
  const table = { text, graph, problems, agents, onText }
  const ofAll = problems.filter(({ path }) => path.length === 1 && (path[0] === 'states' || path[0] === 'transitions'))
  const ofColors = problems.filter(({ path: [key, name] }) => key === 'colors' && !names.includes(name ?? ''))

  function add(): void {
    onText(addState(text, graph))
    requestAnimationFrame(() => {
      const field = pane.current?.querySelector<HTMLInputElement>(`[data-field="states.${states.length}.state"] input`)
      field?.scrollIntoView({ block: 'center' })
      field?.focus()
      field?.select()
    })
  }
  function remove(at: number): void {
    const without = removeState(text, graph, at)
    onText(without)
    toast.withUndo(`${states[at]!.state || 'A state'} is taken out`, () => {
      if (latest.current.text === without) latest.current.onText(text)
      else toast.info('It was not put back', 'Something else was written in the meantime.')
    })
  }

  return (
    <div ref={pane} className="mt-4 flex flex-col gap-4">
      <section aria-label="States">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-display font-semibold text-base">States</h2>
          <Cell
            path={['entry']}
            label="Where it begins"
            problems={problems.filter((problem) => isAbout(problem, ['entry']))}
            className="w-48"
          >
            {(control) => (
              <Select
                {...control}
                className="w-full"
                value={entry}
                onChange={({ target }) => onText(withValue(text, ['entry'], target.value || undefined))}
              >
                {!names.includes(entry) && <option value={entry}>{entry || 'Choose a state'}</option>}
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name || 'No name'}
                  </option>
                ))}
              </Select>
            )}
          </Cell>
        </div>
        <Said problems={ofAll} />
        <ol aria-label="States" className="flex flex-col gap-2">
          {states.map((_, at) => (
            <StateRow key={at} {...table} at={at} onRemove={() => remove(at)} />
          ))}
        </ol>
        <Button size="sm" className="mt-2" onClick={add}>
          <Plus aria-hidden="true" />
          Add a state
        </Button>
      </section>
      {loose.length > 0 && (
        <section aria-label="Ways from nowhere" className="@container">
          <h2 className="mb-2 font-display font-semibold text-base">Ways from nowhere</h2>
          <ul className="flex flex-col gap-2">
            {loose.map((at) => (
              <EdgeRow key={at} {...table} at={at} before={undefined} after={undefined} isLoose />
            ))}
          </ul>
        </section>
      )}
      {ofColors.length > 0 && (
        <section aria-label="Colours of nothing" className="flex flex-col gap-1">
          {ofColors.map(({ path: [, name = ''], message }) => (
            <p key={name} className="flex flex-wrap items-center gap-2 text-danger text-sm">
              The colour of {name} {message}.
              <Button size="sm" variant="ghost" onClick={() => onText(withValue(text, ['colors', name], undefined))}>
                Take it out
              </Button>
            </p>
          ))}
        </section>
      )}
    </div>
  )
}
