import { opSet } from '../op.ts'
import { assetOps } from './assets.ts'
import { chunkOps } from './chunks.ts'
import { wholeDocumentOps } from './documents.ts'
import { edgeOps } from './edges.ts'
import { exchangeOps } from './exchange.ts'
import { historyOps } from './history.ts'
import { placeOps } from './places.ts'
import { searchOps } from './search.ts'
import { tagOps } from './tags.ts'
import { typeOps } from './types.ts'

export { actorKinds, ChangeActor, Chunk } from './chunk.ts'
export { DocumentPresence, documentEndpoints } from './endpoints.ts'
export { DocumentChange } from './history.ts'
export { documentScopes } from './parts.ts'
export { FieldPredicate } from './search.ts'
export { fieldKinds } from './types.ts'

export const documentOps = opSet({
  tool: 'Document',
  description:
    'Documents made of chunks: a tree with types, status, typed fields, links and history, which people and agents edit together.',
  access: 'substrate:tenant',
  http: { path: '/v1/_document' },
  ops: {
    ...wholeDocumentOps,
    ...chunkOps,
    ...placeOps,
    ...edgeOps,
    ...searchOps,
    ...tagOps,
    ...typeOps,
    ...assetOps,
    ...historyOps,
    ...exchangeOps,
  },
})
