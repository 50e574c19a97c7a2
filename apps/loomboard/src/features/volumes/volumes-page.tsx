import type { PersistentVolumeEntry } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, FolderX, HardDrive, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { LibraryFrame } from '../../components/definitions/library-frame.tsx'
import { volumesQuery } from '../../components/definitions/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../components/ui/icon-button.tsx'
import { formatRelative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { NewVolumeDialog } from './new-volume-dialog.tsx'
import { ephemeralVolumesQuery } from './queries.ts'
import { RemoveVolumeDialog } from './remove-volume-dialog.tsx'

type Removal = { name: string; how: 'delete' | 'purge' }

/** The folders whose files agents may be given. */
export function VolumesPage() {
  const { data, error, isPending, refetch } = useQuery(volumesQuery)
  const [isMaking, setMaking] = useState(false)
  const [removal, setRemoval] = useState<Removal>()
  const another = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      New volume
    </Button>
  )
  return (
    <LibraryFrame of="/volumes" action={another} className="flex flex-col gap-8">
      {isPending ? (
        <LinesLoading label="Loading volumes" />
      ) : error && !data ? (
        <ErrorState title="The volumes could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState icon={<HardDrive />} title="There is no volume yet" action={another}>
          A volume is a folder whose files agents may be given. Declare one in the configuration, or make an empty one
          here.
        </EmptyState>
      ) : (
        <ul aria-label="Volumes" className="divide-y rounded-lg border bg-surface">
          {data.map((volume) => (
            <li key={volume.name}>
              <VolumeRow volume={volume} onRemove={(how) => setRemoval({ name: volume.name, how })} />
            </li>
          ))}
        </ul>
      )}
      <OfRuns />
      {isMaking && <NewVolumeDialog onClose={() => setMaking(false)} />}
      {removal && <RemoveVolumeDialog {...removal} onClose={() => setRemoval(undefined)} />}
    </LibraryFrame>
  )
}

function VolumeRow({ volume, onRemove }: { volume: PersistentVolumeEntry; onRemove: (how: Removal['how']) => void }) {
  const { name, mode, source, path } = volume
  return (
    <div className="flex items-center gap-2 pr-2">
      <Link
        to="/volumes/$name"
        params={{ name }}
        search={{}}
        className="flex min-w-0 flex-1 items-start gap-3 px-4 py-2.5 -outline-offset-2 hover:bg-hover"
      >
        <HardDrive aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 truncate font-medium text-sm">{name}</span>
            <Badge>{mode === 'ro' ? 'To read only' : 'Read and write'}</Badge>
            {volume.default && <Badge tone="accent">Default</Badge>}
          </span>
          <span className="flex flex-wrap gap-x-3 text-faint text-xs">
            <span>{source === 'static' ? 'Configured' : 'Made here'}</span>
            {volume.dynamic_root && <span>Volumes that are made here are folders in it</span>}
            {path && <span className="max-w-full truncate font-mono">{path}</span>}
          </span>
        </span>
      </Link>
      {source === 'dynamic' && <Actions name={name} onRemove={onRemove} />}
    </div>
  )
}

function Actions({ name, onRemove }: { name: string; onRemove: (how: Removal['how']) => void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={`Actions for ${name}`} data-tip="Actions" size="sm">
          <Ellipsis />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onRemove('delete')}>
          <FolderX /> Remove, and keep its files
        </MenuItem>
        <MenuItem danger onSelect={() => onRemove('purge')}>
          <Trash2 /> Remove with its files
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}

/** Those that agents have made for themselves while they work. */
function OfRuns() {
  const { data } = useQuery(ephemeralVolumesQuery)
  const now = useNow(30_000)
  if (!data?.length) return null
  return (
    <section aria-label="Of runs">
      <h2 className="mb-1 font-display font-semibold text-base">Of runs</h2>
      <p className="mb-2 text-muted text-sm">Agents made these while they work; they go when the work has ended.</p>
      <ul className="divide-y rounded-lg border bg-surface">
        {data.map(({ name, root_run_id, created_at, mode }) => (
          <li key={`${root_run_id} ${name}`} className="flex flex-wrap items-center gap-x-3 px-4 py-2 text-sm">
            <span className="font-medium">{name}</span>
            <Badge>{mode === 'ro' ? 'To read only' : 'Read and write'}</Badge>
            <span className="min-w-0 flex-1 truncate font-mono text-faint text-xs">{root_run_id}</span>
            <span className="text-faint text-xs">{formatRelative(Date.parse(created_at), now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
