import { type DocumentPresence, RuntimeError } from '@loomcycle/proto'
import type { PlaceScope } from '../../ground/identity/place.ts'
import type { Caller } from '../../tools/caller.ts'
import type { DocumentDeps } from './deps.ts'
import { look } from './look.ts'
import { findDocument } from './store/documents.ts'

interface Said {
  document_id: string
  chunk_id?: string | undefined
  client_id: string
  gone?: boolean | undefined
}

/** Says that the caller has a document open, and answers who else has. */
export async function sayPresence(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  { document_id, chunk_id, client_id, gone }: Said,
): Promise<DocumentPresence> {
  const { tx, place, placeId } = await look(deps, caller, scope)
  if (!(await findDocument(tx, placeId, document_id))) {
    throw new RuntimeError('not_found', `no such document: ${document_id}`)
  }
  const nobody: DocumentPresence = { type: 'presence', document_id, people: [] }
  deps.presence?.say(place, {
    documentId: document_id,
    chunkId: chunk_id,
    clientId: client_id,
    userId: caller.userId,
    gone,
  })
  return deps.presence?.of(place, document_id) ?? nobody
}
