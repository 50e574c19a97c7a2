import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate, useParams } from '@tanstack/react-router'
import { pathToSplat, splatToPath } from '../components/documents/address.ts'
import { UndecidedWords } from '../features/documents/components/undecided-words.tsx'
import { DocumentRoute } from '../features/documents/document-route.tsx'
import { parseDocumentSearch } from '../features/documents/model/document-search.ts'
import { DocsLayout } from '../features/paths/docs-layout.tsx'
import { EntryPage } from '../features/paths/entry-page.tsx'
import { entryQuery } from '../features/paths/queries.ts'
import { assistant } from './-assistant.tsx'

/** One component for every path, so that the tree stays what it is while somebody goes through it. */
export const Route = createFileRoute('/docs')({ validateSearch: parseDocumentSearch, component: DocsRoute })

function DocsRoute() {
  const { _splat = '' } = useParams({ strict: false })
  const search = Route.useSearch()
  const navigate = useNavigate()
  const path = splatToPath(_splat)
  const { data } = useQuery({ ...entryQuery(path), enabled: path !== '/' })
  return (
    <DocsLayout
      path={path}
      isDocument={data?.kind === 'document'}
      onOpen={(to) => void navigate({ to: '/docs/$', params: { _splat: pathToSplat(to) } })}
    >
      <EntryPage
        path={path}
        notice={<UndecidedWords />}
        document={(id, place) => (
          <DocumentRoute key={id} documentId={id} search={search} place={place} assistant={assistant} />
        )}
      />
    </DocsLayout>
  )
}
