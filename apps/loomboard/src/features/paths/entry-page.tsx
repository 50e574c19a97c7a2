import { SubstrateToolRefusedError } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileQuestion, FileUp } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Button } from '../../components/ui/button.tsx'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { useMedia } from '../../lib/browser/use-media.ts'
import { openOverlay } from '../../lib/overlays.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { FolderView, LastChanged } from './folder-view.tsx'
import { NamedThing } from './named-thing.tsx'
import { crumbsOf } from './path-tree.ts'
import { documentIdOf, entryQuery } from './queries.ts'

export interface EntryPageProps {
  path: string
  document: (id: string, place: ReactNode) => ReactNode
  /** Above whatever is no document. */
  notice?: ReactNode
}

/** What a path stands for: a folder with what is in it, a document, or something else that has a name. */
export function EntryPage({ path, document, notice }: EntryPageProps) {
  const { data, error, refetch } = useQuery({ ...entryQuery(path), enabled: path !== '/' })
  const place = <Breadcrumbs path={path} />
  const documentId = data && documentIdOf(data)
  if (documentId) return document(documentId, place)
  return (
    <Framed path={path} notice={notice}>
      {path === '/' ? (
        <Root />
      ) : data?.kind === 'directory' ? (
        <FolderView path={path} />
      ) : data ? (
        <NamedThing kind={data.kind} reference={data.resource_ref} />
      ) : isUnknown(error) ? (
        <EmptyState
          icon={<FileQuestion />}
          title="Nothing is called that"
          action={
            <Link to="/docs" className="text-accent-text text-sm underline underline-offset-2">
              See what there is
            </Link>
          }
        >
          {path} may have been renamed or deleted.
        </EmptyState>
      ) : error ? (
        <ErrorState title="This path could not be opened" error={error} onRetry={() => void refetch()} />
      ) : (
        <LinesLoading label="Loading" />
      )}
    </Framed>
  )
}

function isUnknown(error: unknown): boolean {
  return error instanceof SubstrateToolRefusedError && error.message.includes('no such path')
}

function Framed({ path, notice, children }: { path: string; notice: ReactNode; children: ReactNode }) {
  const title = crumbsOf(path).at(-1)?.name ?? ''
  useEffect(() => setPageTitle(title), [title])
  return (
    <>
      <PageHeader title={title}>
        <Button size="sm" onClick={() => openOverlay('import')}>
          <FileUp aria-hidden="true" />
          Import
        </Button>
      </PageHeader>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        {notice}
        {path !== '/' && (
          <div className="px-4 py-2">
            <Breadcrumbs path={path} />
          </div>
        )}
        {children}
      </main>
    </>
  )
}

/** Beside the tree what was worked on last; on a phone, where there is no tree, its first level. */
function Root() {
  const wide = useMedia('(min-width: 768px)')
  return wide ? <LastChanged /> : <FolderView path="/" />
}
