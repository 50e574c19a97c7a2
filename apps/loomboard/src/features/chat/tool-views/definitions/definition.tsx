import { Link } from '@tanstack/react-router'
import { BookOpen, Bot } from 'lucide-react'
import { Badge } from '../../../../components/ui/badge.tsx'
import { clip, plural } from '../../../../lib/format.ts'
import type { ToolPart } from '../../model/types.ts'
import { Answer } from '../answer.tsx'
import { parseJson } from '../facts.tsx'

interface VersionLike {
  name: string
  version: number
  def_id: string
  description?: string
  promoted?: boolean
  retired?: boolean
  deduplicated?: boolean
  definition?: { description?: unknown }
}

function isVersion(value: unknown): value is VersionLike {
  const { name, version, def_id } = (value ?? {}) as Partial<VersionLike>
  return typeof name === 'string' && typeof version === 'number' && typeof def_id === 'string'
}

const mostVersions = 30

/** What an agent has defined: versions of agents and skills, with the way to them. */
export function DefinitionView({ part }: { part: ToolPart }) {
  const result = parseJson(part.result)
  const list = (result as { versions?: unknown } | undefined)?.versions
  if (Array.isArray(list)) {
    const versions = list.filter(isVersion)
    return (
      <ul aria-label={plural(versions.length, 'version')} className="divide-y rounded-lg border bg-surface text-sm">
        {versions.slice(0, mostVersions).map((version) => (
          <li key={version.def_id} className="px-3 py-1.5">
            <Version of={version} kind={part.name} />
          </li>
        ))}
        {versions.length > mostVersions && (
          <li className="px-3 py-1.5 text-faint text-xs">And {versions.length - mostVersions} more.</li>
        )}
      </ul>
    )
  }
  if (!isVersion(result)) return <Answer part={part} />
  return (
    <div className="rounded-lg border bg-surface px-3 py-2 text-sm">
      <Version of={result} kind={part.name} />
    </div>
  )
}

function Version({ of, kind }: { of: VersionLike; kind: string }) {
  const isSkill = kind === 'SkillDef'
  const Icon = isSkill ? BookOpen : Bot
  const about = of.description ?? of.definition?.description
  return (
    <>
      <p className="flex min-w-0 flex-wrap items-center gap-2">
        <Icon aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <Link
          to={isSkill ? '/skills/$' : '/agents/$'}
          params={{ _splat: of.name }}
          className="min-w-0 truncate text-accent-text underline-offset-2 hover:underline"
        >
          {of.name}
        </Link>
        <span className="text-muted tabular-nums">version {of.version}</span>
        {of.promoted && <Badge tone="accent">In use</Badge>}
        {of.retired && <Badge>Retired</Badge>}
        {of.deduplicated && <Badge>It was there already</Badge>}
      </p>
      {typeof about === 'string' && about !== '' && <p className="mt-0.5 text-muted">{clip(about, 300)}</p>}
    </>
  )
}
