import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useEffect } from 'react'
import { BackLink } from '../../components/definitions/back-link.tsx'
import { Description } from '../../components/definitions/description.tsx'
import { Lacks } from '../../components/definitions/lacks.tsx'
import { Part } from '../../components/definitions/part.tsx'
import { definitionInUse, type Entry, entryQuery, libraryQuery } from '../../components/definitions/queries.ts'
import { VersionList } from '../../components/definitions/version-list.tsx'
import { originOf, originWords } from '../../components/definitions/words.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { Markdown } from '../../components/markdown/markdown.tsx'
import { PageBody } from '../../components/shell/page-body.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { hadBy } from './had-by.ts'

export interface SkillPageProps {
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
}

/** One skill: what it says, who has it, and what it said before. */
export function SkillPage({ name, compare }: SkillPageProps) {
  const { data, error, isPending, refetch } = useQuery(entryQuery('skill', name))
  useEffect(() => setPageTitle(name), [name])
  return (
    <>
      <PageHeader title={name} />
      <PageBody>
        <BackLink to="/skills">All skills</BackLink>
        {isPending ? (
          <LinesLoading label="Loading the skill" />
        ) : data ? (
          <Skill entry={data} compare={compare} />
        ) : (
          <ErrorState title="This skill could not be shown" error={error} onRetry={() => void refetch()} />
        )}
      </PageBody>
    </>
  )
}

function Skill({ entry, compare }: { entry: Entry; compare: string | undefined }) {
  const navigate = useNavigate()
  const { description, body, tools } = definitionInUse(entry)
  const params = { _splat: entry.name }
  const edit = (of: string) => void navigate({ to: '/skills/$', params, search: { edit: of } })
  const [from, to] = compare?.split('..') ?? []
  return (
    <div className="flex flex-col gap-7">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-display font-semibold text-xl [overflow-wrap:anywhere]">{entry.name}</h2>
            <Badge>{originWords[originOf(entry)]}</Badge>
          </div>
          <Description of={description} />
        </div>
        <Button onClick={() => edit(entry.active_def_id ?? 'configured')}>
          <Pencil aria-hidden="true" />
          Edit
        </Button>
      </header>
      <Lacks lacks={entry.lacks} />
      <Part title="Instructions">
        {typeof body === 'string' && body !== '' ? (
          <Markdown text={body} />
        ) : (
          <p className="text-muted text-sm">It says nothing.</p>
        )}
      </Part>
      <Part title="Who has it">
        <Readers skill={entry.name} />
        {Array.isArray(tools) && tools.length > 0 && (
          <p className="mt-2 text-muted text-sm">Whoever follows it needs {tools.join(', ')}.</p>
        )}
      </Part>
      <Part title="Versions" bare>
        <VersionList
          family="skill"
          entry={entry}
          compare={from && to ? [from, to] : undefined}
          onCompare={(two) =>
            void navigate({
              to: '/skills/$',
              params,
              search: two ? { compare: two.join('..') } : {},
              replace: true,
              resetScroll: false,
            })
          }
          onEdit={({ def_id }) => edit(def_id)}
          onFork={({ def_id }) => void navigate({ to: '/skills', search: { create: true, from: def_id } })}
        />
      </Part>
    </div>
  )
}

function Readers({ skill }: { skill: string }) {
  const { data } = useQuery(libraryQuery('agent'))
  const agents = data ? hadBy(data, skill) : []
  if (agents.length === 0) {
    return (
      <p className="text-muted text-sm">No agent has it. An agent gets it on its own page, under Tools and skills.</p>
    )
  }
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {agents.map((name) => (
        <li key={name}>
          <Link
            to="/agents/$"
            params={{ _splat: name }}
            className="text-accent-text underline-offset-2 hover:underline"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
