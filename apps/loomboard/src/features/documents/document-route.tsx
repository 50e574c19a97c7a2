import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import type { AssistantSlot } from './assistant/slot.ts'
import { DocumentPage } from './components/document-page.tsx'
import type { DocumentSearch } from './model/document-search.ts'

export interface DocumentRouteProps {
  documentId: string
  search: DocumentSearch
  place?: ReactNode
  assistant: AssistantSlot
}

/** A document under whichever address: what is changed about the view changes the address. */
export function DocumentRoute({ documentId, search, place, assistant }: DocumentRouteProps) {
  const navigate = useNavigate()
  const onSearch = useCallback(
    (changed: Partial<DocumentSearch>, replace: boolean) =>
      void navigate({ to: '.', search: (now: DocumentSearch) => ({ ...now, ...changed }), replace }),
    [navigate],
  )
  return (
    <DocumentPage documentId={documentId} search={search} onSearch={onSearch} place={place} assistant={assistant} />
  )
}
