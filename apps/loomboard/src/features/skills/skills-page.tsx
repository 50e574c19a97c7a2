import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { DescriptionLines } from '../../components/definitions/description.tsx'
import { LackMark } from '../../components/definitions/lacks.tsx'
import { LibraryFrame } from '../../components/definitions/library-frame.tsx'
import { Lines } from '../../components/definitions/lines.tsx'
import { NewLink } from '../../components/definitions/new-link.tsx'
import { definitionInUse, type Entry, libraryQuery } from '../../components/definitions/queries.ts'
import { originOf, originWords } from '../../components/definitions/words.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { SearchInput } from '../../components/search-input.tsx'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { plural } from '../../lib/format.ts'
import { useShortcut } from '../../lib/shortcuts.ts'
import { hadBy } from './had-by.ts'

/** All skills there are, by name. */
export function SkillsPage({ q = '' }: { q?: string }) {
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch } = useQuery(libraryQuery('skill'))
  const { data: agents } = useQuery(libraryQuery('agent'))
  const shown = useMemo(() => (data ?? []).filter((entry) => isLike(entry, q)), [data, q])
  const search = (words: string) => void navigate({ to: '/skills', search: words ? { q: words } : {}, replace: true })
  useShortcut('/', () => field.current?.focus())
  const another = <NewLink to="/skills">New skill</NewLink>

  return (
    <LibraryFrame of="/skills" action={another}>
      {isPending ? (
        <LinesLoading label="Loading skills" />
      ) : error && !data ? (
        <ErrorState title="The skills could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState icon={<BookOpen />} title="There is no skill yet" action={another}>
          A skill is a page of instructions that agents read when they need it. Write one here, or put its folder where
          the runtime looks for skills.
        </EmptyState>
      ) : (
        <>
          <SearchInput
            ref={field}
            label="Search skills"
            value={q}
            onChange={search}
            className="mb-3 block"
            inputClassName="h-8 border border-line-strong bg-bg"
          />
          <p role="status" className="sr-only">
            {plural(shown.length, 'skill')}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={<BookOpen />}
              title="No skill is like that"
              action={<Button onClick={() => search('')}>Show all</Button>}
            />
          ) : (
            <Lines label="Skills" of={shown} keyOf={({ name }) => name}>
              {(entry) => <SkillRow entry={entry} agents={agents && hadBy(agents, entry.name).length} />}
            </Lines>
          )}
        </>
      )}
    </LibraryFrame>
  )
}

function isLike(entry: Entry, search: string): boolean {
  const { description = '' } = definitionInUse(entry)
  const said = `${entry.name} ${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

function SkillRow({ entry, agents }: { entry: Entry; agents: number | undefined }) {
  const { description } = definitionInUse(entry)
  return (
    <Link
      to="/skills/$"
      params={{ _splat: entry.name }}
      className="flex flex-col px-4 py-2.5 -outline-offset-2 hover:bg-hover"
    >
      <span className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 truncate font-medium text-sm">{entry.name}</span>
        {entry.active_retired && <Badge>Retired</Badge>}
      </span>
      <DescriptionLines of={description} />
      <span className="flex flex-wrap gap-x-3 text-faint text-xs">
        <span>{originWords[originOf(entry)]}</span>
        {agents !== undefined && (
          <span>{agents === 0 ? 'No agent has it' : `${plural(agents, 'agent')} may read it`}</span>
        )}
        {entry.version_count > 0 && <span>{plural(entry.version_count, 'version')}</span>}
      </span>
      <LackMark lacks={entry.lacks} />
    </Link>
  )
}
