import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { MessageSquarePlus, Pencil } from 'lucide-react'
import { useEffect } from 'react'
import { BackLink } from '../../../components/definitions/back-link.tsx'
import { Description } from '../../../components/definitions/description.tsx'
import { Lacks } from '../../../components/definitions/lacks.tsx'
import { Part } from '../../../components/definitions/part.tsx'
import { definitionInUse, type Entry, entryQuery } from '../../../components/definitions/queries.ts'
import { VersionList } from '../../../components/definitions/version-list.tsx'
import { originOf, originWords } from '../../../components/definitions/words.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { Face } from '../../../components/face.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { CodeBlock } from '../../../components/markdown/code/code-block.tsx'
import { PageBody } from '../../../components/shell/page-body.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { modelWords } from '../model/grants.ts'
import { Evaluations } from './evaluations.tsx'
import { Grants } from './grants.tsx'

export interface AgentPageProps {
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
}

/** One agent: what it is, what it may do, and what it was before. */
export function AgentPage({ name, compare }: AgentPageProps) {
  const { data, error, isPending, refetch } = useQuery(entryQuery('agent', name))
  useEffect(() => setPageTitle(name), [name])
  return (
    <>
      <PageHeader title={name} />
      <PageBody>
        <BackLink to="/agents">All agents</BackLink>
        {isPending ? (
          <LinesLoading label="Loading the agent" />
        ) : data ? (
          <Agent entry={data} compare={compare} />
        ) : (
          <ErrorState title="This agent could not be shown" error={error} onRetry={() => void refetch()} />
        )}
      </PageBody>
    </>
  )
}

function Agent({ entry, compare }: { entry: Entry; compare: string | undefined }) {
  const navigate = useNavigate()
  const { data: runnable } = useQuery(agentsQuery)
  const started = runnable?.find(({ name }) => name === entry.name)
  const definition = definitionInUse(entry)
  const { description, system_prompt } = definition
  const params = { _splat: entry.name }
  const edit = (of: string) => void navigate({ to: '/agents/$', params, search: { edit: of } })
  const [from, to] = compare?.split('..') ?? []

  return (
    <div className="flex flex-col gap-7">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Face name={entry.name} isAgent className="size-9" />
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-display font-semibold text-xl [overflow-wrap:anywhere]">{entry.name}</h2>
            <Badge>{originWords[originOf(entry)]}</Badge>
            {started?.default && <Badge tone="accent">Default</Badge>}
          </div>
          <Description of={description} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => edit(entry.active_def_id ?? 'configured')}>
            <Pencil aria-hidden="true" />
            Edit
          </Button>
          <Button
            variant="primary"
            disabled={!started}
            onClick={() => void navigate({ to: '/chat', search: { agent: entry.name } })}
          >
            <MessageSquarePlus aria-hidden="true" />
            Start a chat
          </Button>
        </div>
      </header>
      <Lacks lacks={entry.lacks} />
      {entry.active_retired && (
        <p className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-sm">
          The version that was in use is retired.{' '}
          {entry.static_definition
            ? 'What is configured is used instead.'
            : 'Nobody can start this agent until another version is put to use.'}
        </p>
      )}
      <Part title="Model">
        <p className="text-sm">
          {started?.scripted ? 'It plays a script; no model is behind it.' : modelWords(definition)}
        </p>
      </Part>
      <Part title="What it may do">
        <Grants definition={definition} />
        <p className="mt-3 border-t pt-3 text-muted text-sm">
          {started
            ? 'You may start it, and so may everybody here who may start runs.'
            : 'It cannot be started by you, or not as it is now.'}
        </p>
      </Part>
      <Part title="Instructions" bare>
        {typeof system_prompt === 'string' && system_prompt !== '' ? (
          <CodeBlock code={system_prompt} info="markdown" />
        ) : (
          <p className="px-1 text-muted text-sm">None: it is told nothing before you speak to it.</p>
        )}
      </Part>
      <Part title="Evaluations">
        <Evaluations of={entry.active_def_id ?? entry.name} />
      </Part>
      <Part title="Versions" bare>
        <VersionList
          family="agent"
          entry={entry}
          compare={from && to ? [from, to] : undefined}
          onCompare={(two) =>
            void navigate({
              to: '/agents/$',
              params,
              search: two ? { compare: two.join('..') } : {},
              replace: true,
              resetScroll: false,
            })
          }
          onEdit={({ def_id }) => edit(def_id)}
          onFork={({ def_id }) => void navigate({ to: '/agents', search: { create: true, from: def_id } })}
        />
      </Part>
    </div>
  )
}
