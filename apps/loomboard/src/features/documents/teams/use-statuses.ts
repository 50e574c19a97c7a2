import type { wire } from '@loomcycle/client'
import { useMemo } from 'react'
import type { EditDocument } from '../use-edit-document.ts'
import { type Statuses, toStatuses } from './statuses.ts'
import { useTeams } from './use-teams.ts'

/** The statuses of a document, as its board and the teams of its cards have them at the moment. */
export function useStatuses(
  { document_id, root_chunk_id: rootId }: wire.GetDocumentOutput,
  { chunks, boards }: EditDocument,
): Statuses {
  const settings = boards.get('main')?.fields
  const name = typeof settings?.team === 'string' && settings.team !== '' ? settings.team : undefined
  const teams = useTeams(document_id, name, chunks)
  return useMemo(() => toStatuses({ chunks, rootId, settings, teams }), [chunks, rootId, settings, teams])
}
