import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Disclosure } from '../../../disclosure.tsx'
import type { Definition } from '../../definition-text.ts'
import { libraryQuery, volumesQuery } from '../../queries.ts'
import { type Catalogue, type DefinitionSpec, type Field, type FieldGroup, otherKeys, valueAt } from '../field.ts'
import { type FieldProblem, isAbout, problemAt } from '../field-problem.ts'
import { FieldRow } from './field-row.tsx'

const none: readonly string[] = []
/** What everybody looks at; of the rest, what says something. */
const alwaysOpen = new Set(['about', 'model', 'tools'])

export interface FieldsPaneProps {
  spec: DefinitionSpec
  definition: Definition
  problems: readonly FieldProblem[]
  onChange: (path: Field['path'], value: unknown) => void
}

/** All that can be said of it, as fields. */
export function FieldsPane({ spec, definition, problems, onChange }: FieldsPaneProps) {
  const offered = useOffered()
  const { kept, unknown } = otherKeys(spec, definition)
  return (
    <div className="flex flex-col gap-1">
      {spec.groups.map((group) => (
        <Group
          key={group.id}
          group={group}
          definition={definition}
          problems={problems}
          offered={offered}
          onChange={onChange}
        />
      ))}
      {kept.length > 0 && (
        <p className="px-1 pt-3 text-muted text-sm">
          In the text alone, since nothing comes of it here: <Keys names={kept} />. It is kept.
        </p>
      )}
      {unknown.length > 0 && (
        <p className="px-1 pt-3 text-sm text-warn">
          This runtime knows nothing of <Keys names={unknown} />, and leaves it out when it saves.
        </p>
      )}
    </div>
  )
}

interface GroupProps extends Omit<FieldsPaneProps, 'spec'> {
  group: FieldGroup
  offered: Record<Catalogue, readonly string[]>
}

function Group({ group, definition, problems, offered, onChange }: GroupProps) {
  const said = group.fields.filter(({ path }) => valueAt(definition, path) !== undefined).length
  const isFaulty = group.fields.some(({ path }) => problems.some((problem) => isAbout(problem, path)))
  const [wanted, setWanted] = useState<boolean>()
  const open = isFaulty || (wanted ?? (alwaysOpen.has(group.id) || said > 0))
  const provider = valueAt(definition, ['provider'])
  return (
    <section aria-label={group.title} className="border-b pb-1">
      <Disclosure
        open={open}
        onOpenChange={setWanted}
        label={
          <>
            <span className="font-display font-semibold text-base text-text">{group.title}</span>
            {said > 0 && <span className="text-faint text-xs">{said} said</span>}
          </>
        }
      >
        <div className="divide-y pl-5">
          {group.hint && <p className="py-2 text-muted text-sm">{group.hint}</p>}
          {group.fields.map((field) => (
            <FieldRow
              key={field.path.join('.')}
              field={field}
              value={valueAt(definition, field.path)}
              problem={problemAt(problems, field.path)?.message}
              provider={typeof provider === 'string' ? provider : undefined}
              offered={field.kind.is === 'names' && field.kind.of ? offered[field.kind.of] : none}
              onChange={onChange}
            />
          ))}
        </div>
      </Disclosure>
    </section>
  )
}

function Keys({ names }: { names: readonly string[] }) {
  return <code className="font-mono text-xs [overflow-wrap:anywhere]">{names.join(', ')}</code>
}

/** What there is to choose from; without it, names are written. */
function useOffered(): Record<Catalogue, readonly string[]> {
  const skills = useQuery(libraryQuery('skill'))
  const volumes = useQuery(volumesQuery)
  return {
    skills: skills.data?.map(({ name }) => name) ?? none,
    volumes: volumes.data?.map(({ name }) => name) ?? none,
  }
}
