import { Type } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Ident } from '../runs.ts'
import { Bool, type Of, object, oneOf, optional, Text } from '../schema.ts'
import { DocumentChange } from './history.ts'
import { documentScopes } from './parts.ts'

const DocumentChangesReady = object(
  'DocumentChangesReady',
  { type: Type.Literal('ready') },
  'The first frame; its id is where to go on from.',
)

const browsing = {
  scope: optional(oneOf(documentScopes)),
  scope_id: optional(Text('Another user or agent of the tenant.')),
  tenant: optional(Text('Another tenant; for the operator.')),
}

export const DocumentPresence = object(
  'DocumentPresence',
  {
    type: Type.Literal('presence'),
    document_id: Text(),
    people: Type.Array(
      object('PresentPerson', {
        user_id: Text(),
        client_id: Text('One of the windows they have it open in.'),
        chunk_id: optional(Text('The card they have open.')),
      }),
      { description: 'All who have it open now, in the order they came.' },
    ),
  },
  'Who has a document open, told when that changes; it is in no log, and is not told again.',
)
export type DocumentPresence = Of<typeof DocumentPresence>

export const documentEndpoints = {
  sayPresence: endpoint({
    method: 'POST',
    path: '/v1/_document/presence',
    summary: 'Say that one has a document open, or a card of it; holds for 30 s, and is said again until then',
    access: 'substrate:tenant',
    query: object('PresenceQuery', browsing),
    body: object('PresenceBody', {
      document_id: Ident(),
      chunk_id: optional(Ident('The card that is open.')),
      client_id: Ident('Made by the window, for as long as it is there.'),
      gone: optional(Bool('It is closed.')),
    }),
    result: DocumentPresence,
    errors: ['invalid_request', 'not_found'],
    envelope: 'json',
  }),
  getDocumentAsset: endpoint({
    method: 'GET',
    path: '/v1/_document/asset/{chunk_id}',
    summary: 'The image of a chunk',
    access: 'substrate:tenant',
    query: object('DocumentAssetQuery', browsing),
    errors: ['asset_not_found'],
    envelope: 'plain',
  }),
  followDocumentChanges: endpoint({
    method: 'GET',
    path: '/v1/_document/changes',
    summary: 'Follow what is done to documents; resumes after `since` or `Last-Event-ID`',
    access: 'substrate:tenant',
    query: object('DocumentChangesQuery', {
      ...browsing,
      since: optional(
        Type.Integer({
          minimum: 0,
          description: 'Also what was done after this one; only what is yet to come without it.',
        }),
      ),
      document_id: optional(Text('Only this document.')),
      presence: optional(
        Type.String({ description: '1: also who has the document open, where one is named, as `presence` frames.' }),
      ),
    }),
    stream: Type.Union([DocumentChangesReady, DocumentChange, DocumentPresence]),
    errors: ['invalid_request'],
    envelope: 'json',
  }),
}
