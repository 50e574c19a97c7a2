import type {
  DocumentAssetOptions,
  DocumentCallOptions,
  DocumentChangesOptions,
  DocumentToolInput,
  PathToolInput,
  PresenceInput,
} from '../document-types.ts'
import { followChanges } from '../follow-changes.ts'
import { type Http, keyed, path as pathOf, type Query } from '../http.ts'
import type { CallOptions, KeyedCallOptions } from '../types.ts'
import type { DocumentChange, DocumentPresence } from '../wire.gen.ts'
import type { StreamContext } from './runs.ts'

type Browsing = { scopeId?: string; tenant?: string }

export async function path(http: Http, input: PathToolInput, opts: DocumentCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_path', input, { query: browsing(opts), ...keyed(opts) })
}

export async function document(http: Http, input: DocumentToolInput, opts: DocumentCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_document', input, { query: browsing(opts), ...keyed(opts) })
}

export function documentAssetUrl(http: Http, chunkId: string, opts: DocumentAssetOptions = {}): string {
  return http.url(assetPath(chunkId), assetQuery(opts))
}

export async function fetchDocumentAsset(
  http: Http,
  chunkId: string,
  opts: DocumentAssetOptions & CallOptions = {},
): Promise<Response> {
  const res = await http.send('GET', assetPath(chunkId), {
    query: assetQuery(opts),
    accept: null,
    signal: opts.signal,
  })
  if (!res.ok) throw new Error(`fetchDocumentAsset: ${res.status} ${res.statusText}`)
  return res
}

export function documentChanges(
  streams: StreamContext,
  opts: DocumentChangesOptions = {},
): AsyncGenerator<DocumentChange, void, undefined> {
  const query = {
    ...{ scope: opts.scope, ...browsing(opts), document_id: opts.documentId },
    presence: opts.onPresence && '1',
  }
  return followChanges(streams, '/v1/_document/changes', query, opts)
}

export async function documentPresence(
  http: Http,
  input: PresenceInput,
  opts: DocumentAssetOptions & KeyedCallOptions = {},
): Promise<DocumentPresence> {
  return http.post('/v1/_document/presence', input, { query: assetQuery(opts), ...keyed(opts) })
}

function browsing({ scopeId, tenant }: Browsing): Query {
  return { scope_id: scopeId, tenant }
}

function assetPath(chunkId: string): string {
  return pathOf`/v1/_document/asset/${chunkId}`
}

function assetQuery(opts: DocumentAssetOptions): Query {
  return { scope: opts.scope ?? 'user', ...browsing(opts) }
}
