import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { BackLink } from '../../components/definitions/back-link.tsx'
import { volumesQuery } from '../../components/definitions/queries.ts'
import { PageBody } from '../../components/shell/page-body.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Badge } from '../../components/ui/badge.tsx'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { FileView } from './file-view.tsx'
import { FolderList } from './folder-list.tsx'

export interface VolumePageProps {
  name: string
  /** The folder that is looked into; the volume's own where it is empty. */
  folder: string
  /** The file that is looked at. */
  file: string | undefined
}

/** What is in a volume: its folders, and its files to be read. */
export function VolumePage({ name, folder, file }: VolumePageProps) {
  const { data } = useQuery(volumesQuery)
  const mode = data?.find((volume) => volume.name === name)?.mode
  useEffect(() => setPageTitle(name), [name])
  return (
    <>
      <PageHeader
        title={name}
        status={
          mode && <Badge className="max-md:self-start">{mode === 'ro' ? 'To read only' : 'Read and write'}</Badge>
        }
      />
      <PageBody>
        <BackLink to="/volumes">All volumes</BackLink>
        <Way volume={name} path={file ?? folder} />
        {file === undefined ? (
          <FolderList key={folder} volume={name} folder={folder} />
        ) : (
          <FileView key={file} volume={name} path={file} />
        )}
      </PageBody>
    </>
  )
}

/** The way to where one is, back to every folder on it. */
function Way({ volume, path }: { volume: string; path: string }) {
  const parts = path === '' ? [] : path.split('/')
  const crumbs = parts.map((name, i) => ({ name, path: parts.slice(0, i + 1).join('/') }))
  return (
    <nav aria-label="Path" className="mb-3">
      <ol className="flex flex-wrap items-center gap-1 text-muted text-sm">
        {[{ name: volume, path: '' }, ...crumbs].map((crumb, i) => (
          <li key={crumb.path} className="flex min-w-0 items-center gap-1">
            {i > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-faint" />}
            {i === crumbs.length ? (
              <span aria-current="page" className="truncate text-text">
                {crumb.name}
              </span>
            ) : (
              <Link
                to="/volumes/$name"
                params={{ name: volume }}
                search={{ path: crumb.path || undefined }}
                className="truncate rounded-sm py-0.5 underline-offset-2 hover:text-text hover:underline coarse:py-2"
              >
                {crumb.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
