import { useQuery } from '@tanstack/react-query'
import { VList } from 'virtua'
import { DocumentLink } from '../../components/documents/document-link.tsx'
import { namedDocumentsQuery } from '../../components/documents/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { formatRelative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { EntryIcon, kindWords } from './entry-icon.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { byKind } from './path-tree.ts'
import { folderQuery } from './queries.ts'

const lineStyle = 'flex h-9 items-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover coarse:h-12'

/** What is in a folder: on a phone the way down, elsewhere what stands beside the tree. */
export function FolderView({ path }: { path: string }) {
  const { data, error, isPending, refetch } = useQuery(folderQuery(path))
  if (isPending) return <LinesLoading label="Loading the folder" />
  if (!data) {
    return <ErrorState title="This folder could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  if (data.length === 0) {
    if (path === '/') return <NothingYet />
    return <EmptyState title="This folder is empty">Ask an agent to write something here.</EmptyState>
  }
  return (
    <VList className="px-2 pb-4 md:px-3" tabIndex={-1}>
      {byKind(data).map((entry) => (
        <DocumentLink key={entry.full_path} to={{ path: entry.full_path }} className={lineStyle}>
          <EntryIcon kind={entry.kind} />
          <span className="min-w-0 flex-1 truncate">{entry.name}</span>
          <span className="text-faint text-xs">{kindWords[entry.kind]}</span>
        </DocumentLink>
      ))}
    </VList>
  )
}

const shown = 50
const nanosPerMilli = 1_000_000

/** The documents that somebody has worked on last, wherever they are. */
export function LastChanged() {
  const { data, error, isPending, refetch } = useQuery(namedDocumentsQuery('', shown))
  const now = useNow(30_000)
  if (isPending) return <LinesLoading label="Loading the documents" />
  if (!data) {
    return <ErrorState title="The documents could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  if (data.length === 0) return <NothingYet />
  return (
    <section className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
      <h2 className="px-2 py-1 font-medium text-faint text-xs">Last changed</h2>
      <ul>
        {data.map(({ document_id, title, paths, updated_at }) => (
          <li key={document_id}>
            <DocumentLink to={paths[0] ? { path: paths[0] } : { id: document_id }} className={lineStyle}>
              <EntryIcon kind="document" />
              <span className="min-w-0 truncate font-medium">{title || 'Untitled'}</span>
              <span className="min-w-0 flex-1 truncate text-faint text-xs">{paths[0]}</span>
              <span className="text-faint text-xs tabular-nums">{formatRelative(updated_at / nanosPerMilli, now)}</span>
            </DocumentLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
