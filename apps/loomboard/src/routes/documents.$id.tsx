import { createFileRoute } from '@tanstack/react-router'
import { DocumentRoute } from '../features/documents/document-route.tsx'
import { parseDocumentSearch } from '../features/documents/model/document-search.ts'
import { assistant } from './-assistant.tsx'

/** A document by its id, whatever it is called. */
export const Route = createFileRoute('/documents/$id')({ validateSearch: parseDocumentSearch, component: ById })

function ById() {
  const { id } = Route.useParams()
  return <DocumentRoute key={id} documentId={id} search={Route.useSearch()} assistant={assistant} />
}
