import { createFileRoute } from '@tanstack/react-router'
import { PrintPage } from '../features/chat/export/print-page.tsx'

export const Route = createFileRoute('/print/$sessionId')({
  component: PrintRoute,
})

function PrintRoute() {
  const { sessionId } = Route.useParams()
  return <PrintPage sessionId={sessionId} />
}
