import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { ErrorState } from '../error-state.tsx'
import { LinesLoading } from '../lines-loading.tsx'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { BackLink } from './back-link.tsx'
import { Description } from './description.tsx'
import { Lacks } from './lacks.tsx'
import { Part } from './part.tsx'
import { definitionInUse, type Entry, entryQuery, type Family } from './queries.ts'
import { VersionList } from './version-list.tsx'
import { originOf, originWords } from './words.ts'

export interface DefinitionPageProps {
  family: Family
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
  className?: string
  /** What is said of it in particular, between what it is and its versions. */
  children: (entry: Entry) => ReactNode
  /** Before its name, beside it, and beside what edits it. */
  face?: ReactNode
  badges?: (entry: Entry) => ReactNode
  actions?: (entry: Entry) => ReactNode
  /** What follows from the version in use being retired. */
  onceRetired: (entry: Entry) => string
}

const lists = { agent: '/agents', skill: '/skills', team: '/teams' } as const

/** One agent, skill or team: what it is, what it lacks, and what it was before. */
export function DefinitionPage({ family, name, className, ...of }: DefinitionPageProps) {
  const { data, error, isPending, refetch } = useQuery(entryQuery(family, name))
  useEffect(() => setPageTitle(name), [name])
  return (
    <>
      <PageHeader title={name} />
      <PageBody className={className}>
        <BackLink to={lists[family]}>{`All ${family}s`}</BackLink>
        {isPending ? (
          <LinesLoading label={`Loading the ${family}`} />
        ) : data ? (
          <Defined family={family} entry={data} {...of} />
        ) : (
          <ErrorState title={`This ${family} could not be shown`} error={error} onRetry={() => void refetch()} />
        )}
      </PageBody>
    </>
  )
}

function Defined({
  family,
  entry,
  compare,
  children,
  face,
  badges,
  actions,
  onceRetired,
}: Omit<DefinitionPageProps, 'name' | 'className'> & { entry: Entry }) {
  const navigate = useNavigate()
  const list = lists[family]
  const to = `${list}/$` as const
  const params = { _splat: entry.name }
  const edit = (of: string) => void navigate({ to, params, search: { edit: of } })
  const from = entry.active_def_id ?? (entry.in_static ? 'configured' : undefined)
  const [older, newer] = compare?.split('..') ?? []
  return (
    <div className="flex flex-col gap-7">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        {face}
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-display font-semibold text-xl [overflow-wrap:anywhere]">{entry.name}</h2>
            <Badge>{originWords[originOf(entry)]}</Badge>
            {badges?.(entry)}
          </div>
          <Description of={definitionInUse(entry).description} />
        </div>
        <div className="flex flex-wrap gap-2">
          {from && (
            <Button onClick={() => edit(from)}>
              <Pencil aria-hidden="true" />
              Edit
            </Button>
          )}
          {actions?.(entry)}
        </div>
      </header>
      <Lacks lacks={entry.lacks} />
      {entry.active_retired && (
        <p className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-sm">
          The version that was in use is retired. {onceRetired(entry)}
        </p>
      )}
      {children(entry)}
      <Part title="Versions" bare>
        <VersionList
          family={family}
          entry={entry}
          compare={older && newer ? [older, newer] : undefined}
          onCompare={(two) =>
            void navigate({
              to,
              params,
              search: two ? { compare: two.join('..') } : {},
              replace: true,
              resetScroll: false,
            })
          }
          onEdit={({ def_id }) => edit(def_id)}
          onFork={({ def_id }) => void navigate({ to: list, search: { create: true, from: def_id } })}
        />
      </Part>
    </div>
  )
}
