import { Link } from '@tanstack/react-router'
import { DescriptionLines } from '../../../components/definitions/description.tsx'
import { LackMark } from '../../../components/definitions/lacks.tsx'
import { originWords } from '../../../components/definitions/words.ts'
import { Face } from '../../../components/face.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { plural } from '../../../lib/format.ts'
import type { AgentLine } from '../model/agent-lines.ts'

export function AgentRow({ line }: { line: AgentLine }) {
  const { entry, name, description, origin, model, isDefault, isRunnable } = line
  return (
    <Link
      to="/agents/$"
      params={{ _splat: name }}
      className="flex items-start gap-3 px-4 py-2.5 -outline-offset-2 hover:bg-hover"
    >
      <Face name={name} isAgent className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="min-w-0 truncate font-medium text-sm">{name}</span>
          {isDefault && <Badge tone="accent">Default</Badge>}
          {!isRunnable && <Badge>Not for you to start</Badge>}
          {entry.active_retired && <Badge>Retired</Badge>}
        </span>
        <DescriptionLines of={description} />
        <span className="flex flex-wrap items-center gap-x-3 text-faint text-xs">
          <span>{originWords[origin]}</span>
          <span className="max-w-full truncate">{model}</span>
          {entry.version_count > 0 && <span>{plural(entry.version_count, 'version')}</span>}
        </span>
        <LackMark lacks={entry.lacks} />
      </span>
    </Link>
  )
}
