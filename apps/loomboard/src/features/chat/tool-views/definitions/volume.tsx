import { Link } from '@tanstack/react-router'
import { HardDrive } from 'lucide-react'
import { Badge } from '../../../../components/ui/badge.tsx'
import type { ToolPart } from '../../model/types.ts'
import { Answer } from '../answer.tsx'
import { parseJson } from '../facts.tsx'

interface VolumeLike {
  name: string
  mode: string
  ephemeral?: boolean
  mount_at?: string
}

function isVolume(value: unknown): value is VolumeLike {
  const { name, mode } = (value ?? {}) as Partial<VolumeLike>
  return typeof name === 'string' && typeof mode === 'string'
}

const mostVolumes = 50

/** Volumes that were made, or that there are. */
export function VolumeView({ part }: { part: ToolPart }) {
  const result = parseJson(part.result)
  const list = (result as { volumes?: unknown } | undefined)?.volumes
  const volumes = Array.isArray(list) ? list.filter(isVolume) : isVolume(result) ? [result] : undefined
  if (!volumes) return <Answer part={part} />
  if (volumes.length === 0) return <p className="text-faint text-sm">There is none.</p>
  return (
    <ul className="divide-y rounded-lg border bg-surface text-sm">
      {volumes.slice(0, mostVolumes).map((volume) => (
        <li key={volume.name} className="flex min-w-0 flex-wrap items-center gap-2 px-3 py-1.5">
          <HardDrive aria-hidden="true" className="size-4 shrink-0 text-faint" />
          {volume.ephemeral ? (
            <span>{volume.name}</span>
          ) : (
            <Link
              to="/volumes/$name"
              params={{ name: volume.name }}
              search={{}}
              className="min-w-0 truncate text-accent-text underline-offset-2 hover:underline"
            >
              {volume.name}
            </Link>
          )}
          <Badge>{volume.mode === 'ro' ? 'To read only' : 'Read and write'}</Badge>
          {volume.ephemeral && <span className="text-faint text-xs">goes with the run</span>}
          {volume.mount_at && <span className="truncate font-mono text-faint text-xs">{volume.mount_at}</span>}
        </li>
      ))}
    </ul>
  )
}
