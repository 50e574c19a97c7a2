import { type Graph, type HandlerKind, handlerKinds } from '@loomcycle/proto/teams'
import { Flag, Plus } from 'lucide-react'
import { useId, useRef } from 'react'
import { withValue } from '../../../components/definitions/definition-text.ts'
import { type FieldProblem, isAbout } from '../../../components/definitions/editor/field-problem.ts'
import { NamesInput } from '../../../components/definitions/editor/fields/names-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { MenuItem } from '../../../components/ui/dropdown-menu.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { addEdge, changeKind, moveState, renameState } from '../model/edit-graph.ts'
import { Cell, Said } from './cell.tsx'
import { ColorSelect } from './color-select.tsx'
import { EdgeRow } from './edge-row.tsx'
import { RowMenu } from './row-menu.tsx'

export interface TableProps {
  text: string
  graph: Graph
  problems: readonly FieldProblem[]
  /** The agents there are. */
  agents: readonly string[]
  onText: (text: string) => void
}

const kindWords: Record<HandlerKind, string> = {
  agent: 'Agent',
  parallel: 'Agents in parallel',
  consolidator: 'Consolidator',
  person: 'Person',
  terminal: 'Terminal',
}
const small = 'px-2 text-sm'

/** A state with who works there, its color, and the ways out of it. */
export function StateRow({ at, onRemove, ...table }: TableProps & { at: number; onRemove: () => void }) {
  const { text, graph, problems, onText } = table
  const { states = [], transitions = [], colors = {}, entry } = graph
  const one = states[at]!
  const { state, handler } = one
  const begun = useRef({ text, graph })
  const path = (...keys: string[]) => ['states', String(at), ...keys]
  const about = (...keys: string[]) => problems.filter((problem) => isAbout(problem, path(...keys)))
  const ofColor = problems.filter((problem) => isAbout(problem, ['colors', state]))
  const ofRow = problems.filter(
    ({ path: of }) => isAbout({ path: of }, path()) && of.join('.').match(/^states\.\d+(\.handler)?$/),
  )
  // Of two of one name, the first has the edges.
  const isFirst = states.findIndex((other) => other.state === state) === at
  const own = isFirst ? transitions.flatMap((edge, i) => (edge.from === state ? [i] : [])) : []
  const name = state || `number ${at + 1}`

  return (
    <li data-field={path().join('.')} className="@container rounded-lg border bg-surface px-3 pt-2 pb-3">
      <fieldset>
        <legend className="sr-only">State {name}</legend>
        <div className="mb-1 flex items-center gap-2">
          <span aria-hidden="true" className="min-w-0 truncate font-medium text-sm">
            {state || 'No name'}
          </span>
          {entry === state && isFirst && (
            <span className="shrink-0 rounded-full bg-accent-soft px-2 py-0.5 font-medium text-2xs text-accent-text">
              Begins
            </span>
          )}
          <span className="flex-1" />
          <RowMenu
            label={`Actions for state ${name}`}
            onUp={at > 0 ? () => onText(moveState(text, at, at - 1)) : undefined}
            onDown={at < states.length - 1 ? () => onText(moveState(text, at, at + 1)) : undefined}
            onRemove={onRemove}
          >
            {entry !== state && (
              <MenuItem onSelect={() => onText(withValue(text, ['entry'], state))}>
                <Flag /> Begin here
              </MenuItem>
            )}
          </RowMenu>
        </div>
        <div className="team-cells">
          <Cell path={path('state')} label="Name" problems={about('state')}>
            {(control) => (
              <Input
                {...control}
                className={small}
                maxLength={200}
                value={state}
                onFocus={() => {
                  begun.current = { text, graph }
                }}
                onChange={({ target }) => {
                  const { text: was, graph: of } = begun.current
                  onText(renameState(was, of, at, target.value))
                }}
              />
            )}
          </Cell>
          <Cell path={path('handler', 'kind')} label="Handler" problems={about('handler', 'kind')}>
            {(control) => (
              <Select
                {...control}
                className="w-full"
                value={handler.kind}
                onChange={({ target }) => onText(changeKind(text, one, at, target.value as HandlerKind))}
              >
                {handlerKinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {kindWords[kind]}
                  </option>
                ))}
              </Select>
            )}
          </Cell>
          <Workers {...table} at={at} about={about} path={path} />
          <Cell path={['colors', state]} label="Colour" problems={ofColor}>
            {(control) => (
              <ColorSelect
                {...control}
                value={colors[state]}
                onChange={(color) => onText(withValue(text, ['colors', state], color))}
              />
            )}
          </Cell>
          {handler.kind !== 'terminal' && (
            <Cell
              path={path('handler', 'prompt')}
              label={handler.kind === 'person' ? 'What the person is to do' : 'What is to be done here'}
              problems={about('handler', 'prompt')}
              className="is-wide"
            >
              {(control) => (
                <Textarea
                  {...control}
                  rows={1}
                  value={handler.prompt ?? ''}
                  placeholder={handler.kind === 'person' ? '' : 'Agents are told'}
                  onChange={({ target }) =>
                    onText(withValue(text, path('handler', 'prompt'), target.value || undefined))
                  }
                  className="block max-h-40 w-full overflow-y-auto rounded-md border border-line-strong bg-bg px-2 py-1.5 text-sm -outline-offset-1"
                />
              )}
            </Cell>
          )}
        </div>
        <Said problems={ofRow} />
        {(handler.kind !== 'terminal' || own.length > 0) && (
          <div className="mt-2 border-t pt-2">
            <ul aria-label={`Ways on from ${name}`} className="flex flex-col gap-2">
              {own.map((edge, n) => (
                <EdgeRow key={edge} {...table} at={edge} before={own[n - 1]} after={own[n + 1]} />
              ))}
            </ul>
            <Button
              size="sm"
              variant="ghost"
              className="mt-1 -ml-1"
              onClick={() => onText(addEdge(text, graph, state))}
            >
              <Plus aria-hidden="true" />
              Add a way on
            </Button>
          </div>
        )}
      </fieldset>
    </li>
  )
}

interface WorkersProps extends TableProps {
  at: number
  path: (...keys: string[]) => string[]
  about: (...keys: string[]) => FieldProblem[]
}

/** Who works there: one, several, or nobody that is started. */
function Workers({ text, graph, at, agents, path, about, onText }: WorkersProps) {
  const list = useId()
  const { handler } = graph.states![at]!
  const wrong = [...about('handler', 'agent'), ...about('handler', 'agents')]
  if (handler.kind === 'parallel') {
    const put = (names: string[] | undefined) => onText(withValue(text, path('handler', 'agents'), names))
    return (
      <Cell path={path('handler', 'agents')} label="Agents" problems={wrong}>
        {(control) => (
          <NamesInput
            id={control.id}
            label="Agents"
            describedBy={control['aria-describedby'] ?? ''}
            isInvalid={control['aria-invalid'] ?? false}
            value={handler.agents ?? []}
            offered={agents}
            onChange={put}
          />
        )}
      </Cell>
    )
  }
  if (handler.kind === 'person' || handler.kind === 'terminal') {
    return (
      <div data-field={path('handler', 'agent').join('.')} className="min-w-0 text-sm">
        <span className="mb-1 block text-muted text-xs">Who works here</span>
        <span className="flex min-h-8 items-center text-muted">
          {handler.kind === 'person' ? 'Whoever moves the card' : 'Nobody: it is the end'}
        </span>
        <Said problems={wrong} />
      </div>
    )
  }
  return (
    <Cell path={path('handler', 'agent')} label="Agent" problems={wrong}>
      {(control) => (
        <>
          <Input
            {...control}
            list={list}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={128}
            placeholder="Its name"
            value={handler.agent ?? ''}
            onChange={({ target }) => onText(withValue(text, path('handler', 'agent'), target.value || undefined))}
            className={`${small} font-mono`}
          />
          <datalist id={list}>
            {agents.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Cell>
  )
}
