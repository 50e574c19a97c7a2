import type { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { explained } from '../../../testing/explained.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import { copyNames, listUnmoved, removeGoingNames } from '../../paths/batch-store.ts'
import { deleteBelow, deleteNames, listBelow, listNames, renameBelow } from '../../paths/store.ts'
import { countCards, listCardTitles, listColumns } from './board.ts'
import { listEndedCardRuns, listLiveCardRuns } from './card-runs.ts'
import { findFirstInLine, hasRoom, isAtWork, listWaiting } from './card-starts.ts'
import {
  findCreation,
  findForeignChange,
  findForeignEdgeChange,
  findForeignTypeChange,
  listChangedKeys,
  listChanges,
  listChangesOfRun,
  listRevisions,
} from './changes.ts'
import {
  countAncestors,
  findChunk,
  isWithin,
  listBatchTitles,
  listChunksByIds,
  listComments,
  listDocumentChunks,
  listIds,
  listStayingIds,
  listSubtreeNumbers,
} from './chunks.ts'
import { findDocument, listDocuments } from './documents.ts'
import { listEdgesAtOne } from './edges.ts'
import { type ChunkQuery, findNumbers, listQueried } from './query.ts'
import { endOfColumn, findRankAfter, findRankBefore, findRankOf, hasRank, lastRank, listAround } from './ranks.ts'
import { countTags, listSharingTags } from './tags.ts'
import { countTypesAt, deleteTypesOf, findTypeAt, listTypeKeys, listTypes } from './types.ts'

type Db = Kysely<Schema>

const place = { tenantId: 'default', scope: 'user', scopeId: 'ada' } as const
const batches = { going: 1, coming: 2 }
const page = { before: 9, limit: 5 }
const since = { after: 3, runId: 'r' }
const by = { runId: 'r', actor: { kind: 'user', id: 'ada' }, since: 4 } as const
const query: ChunkQuery = {
  ...{ documentIds: ['d'], ids: undefined, type: undefined, status: undefined, parentId: undefined, tag: undefined },
  ...{ tagPrefix: undefined, match: undefined, where: [], sort: 'position', descending: false },
  ...{ after: undefined, limit: 5, offset: 0 },
}

const column = { document_id: 'd', status: 's', except: 7 }

const questions: Record<string, (db: Db) => Promise<unknown>> = {
  'a chunk': (db) => findChunk(db, 1, 'c'),
  'some chunks': (db) => listChunksByIds(db, 1, ['c']),
  'which chunks are there': (db) => listStayingIds(db, 1, ['c']),
  'what is shown of chunks': (db) => listQueried(db, 1, [1], ['body', 'tags']),
  'a page of a document': (db) => findNumbers(db, 1, { ...query, after: ['d', 'p', 0, 1] }),
  'children of a chunk': (db) => findNumbers(db, 1, { ...query, parentId: 'p' }),
  'chunks by their ids': (db) => findNumbers(db, 1, { ...query, documentIds: undefined, ids: ['c'] }),
  'a page of a document, siblings together': (db) => listDocumentChunks(db, 'd', undefined, 5),
  'a document': (db) => findDocument(db, 1, 'd'),
  'some documents': (db) => listDocuments(db, 1, ['d']),
  'changes of a document': (db) => listChanges(db, place, { after: 1, limit: 5, documentId: 'd' }),
  'changes of a chunk': (db) => listChanges(db, place, { after: 1, limit: 5, chunkId: 'c' }),
  'what a run changed, for who follows': (db) => listChanges(db, place, { after: 1, limit: 5, runId: 'r' }),
  'what a run changed': (db) => listChangesOfRun(db, 1, { runId: 'r', documentId: undefined }, page),
  'revisions of a chunk': (db) => listRevisions(db, 1, 'c', page),
  'what was changed of a chunk': (db) => listChangedKeys(db, 1, 'c', { from: 1, after: 0, limit: 5 }),
  'what brought a chunk': (db) => findCreation(db, 1, { document_id: 'd', created_at: 1 }),
  'who else changed a chunk': (db) => findForeignChange(db, 1, { chunkId: 'c' }, { after: 3, by }),
  'who else changed a document': (db) => findForeignChange(db, 1, { documentId: 'd' }, { after: 3, by }),
  'who else drew an edge': (db) => findForeignEdgeChange(db, 1, { from_id: 'a', to_id: 'b', kind: 'k' }, since),
  'who else declared a type': (db) => findForeignTypeChange(db, 1, { document_id: 'd', name: 't' }, since),
  'a branch that goes': (db) => listBatchTitles(db, 1, 'r', { after: 0, limit: 5 }),
  'where a column ends, and the board': (db) => endOfColumn(db, column),
  'how many cards a column has': (db) => countCards(db, 'd', 'c', 's'),
  'the first of a column': (db) => listCardTitles(db, 'd', 'c', 's', 5),
  'runs at work on the cards of a document': (db) =>
    listLiveCardRuns(db, { tenantId: 't', documentId: 'd', chunkId: undefined }, 5),
  'runs at work on a card': (db) => listLiveCardRuns(db, { tenantId: 't', documentId: 'd', chunkId: 'c' }, 5),
  'runs that were about a card': (db) => listEndedCardRuns(db, { tenantId: 't', documentId: 'd', chunkId: 'c' }, 5),
  'cards that wait for an agent': (db) => listWaiting(db, 'd', undefined, 5),
  'the first that waits in a column': (db) => findFirstInLine(db, { place_id: 1, document_id: 'd', status: 's' }),
  'how many of a column are worked on': (db) =>
    hasRoom(db, [{ document_id: 'd', status: 's', mentioned: 'a', most: 1 }]),
  'whether a card is worked on': (db) => isAtWork(db, { id: 'c', document_id: 'd', status: 's' }, 'a'),
  'the cards around a place': (db) => listAround(db, column, { from: 'a0', to: 'a1' }, 5),
  'the board of a document': (db) => listColumns(db, 'd'),
  'comments on a card': (db) => listComments(db, { document_id: 'd', id: 'c' }, 5),
  'the last of a column': (db) => lastRank(db, column),
  'what comes next in a column': (db) => findRankAfter(db, column, 'a0'),
  'what comes before in a column': (db) => findRankBefore(db, column, 'a0'),
  'whether a place in a column is taken': (db) => hasRank(db, column, 'a0'),
  'where a card is': (db) => findRankOf(db, column, 'c'),
  'edges of a chunk': (db) => listEdgesAtOne(db, 1, 'to', 'c', undefined, 5),
  'tags of a chunk': (db) => countTags(db, 1, { chunkId: 'c' }),
  'tags of a document': (db) => countTags(db, 1, { documentId: 'd' }),
  'chunks with the same tags': (db) => listSharingTags(db, 1, 'c'),
  'a type': (db) => findTypeAt(db, 1, 'd', 't'),
  'types that hold in a document': (db) =>
    listTypeKeys(db, 1, 'd', { after: { name: 't', document_id: '' }, limit: 5 }),
  'types of all documents': (db) => listTypeKeys(db, 1, undefined, { after: { name: 't', document_id: '' }, limit: 5 }),
  'some types': (db) => listTypes(db, 1, [{ name: 't', document_id: '' }]),
  'chunks of a document by their ids': (db) => listIds(db, 'd', 'c', 5),
  'how many types a document has': (db) => countTypesAt(db, 1, 'd'),
  'types of a document that goes': (db) => deleteTypesOf(db, 1, 'd'),
  'names of a document': (db) => listNames(db, place, ['{}']),
  'names of a document that goes': (db) => deleteNames(db, place, '{}'),
  'names below a path': (db) => listBelow(db, place, '/a', { from: '/a/', limit: 5 }),
  'names that are moved': (db) => renameBelow(db, place, { from: '/a', to: '/b', now: 1 }),
  'names that a move does not have yet': (db) => listUnmoved(db, place, '/a', batches, { after: '/a/b', limit: 5 }),
  'names that are copied': (db) => copyNames(db, place, ['/a/b', '/a/c'], { from: '/a', to: '/b', now: 1 }, batches),
  'names that are gone': (db) => removeGoingNames(db, 1),
  'names that are removed': (db) => deleteBelow(db, place, '/a', 5),
}

/** A step that goes through all that a place has, or through a table of everybody's. */
function isOfAll(step: string): boolean {
  if (step.includes('document_places')) return false
  if (/\((place_id=\?|place_id=\? AND seq[<>]\?|tenant_id=\? AND scope=\? AND scope_id=\?)\)$/.test(step)) return true
  return /^SCAN (chunk|document|dirent|run|card|c\b|d\b|e\b)/.test(step) && !step.startsWith('SCAN chunk_batches')
}

it.each(Object.entries(questions))('%s: is found without looking at what else there is', async (_, ask) => {
  const { asking, plan } = await explained(await tempDatabase())
  await ask(asking.read)
  const steps = plan()
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.filter(isOfAll)).toEqual([])
})

it.each<[string, (db: Db) => Promise<unknown>]>([
  ['whether it is below another', (db) => isWithin(db, 'c', 'a')],
  ['how deep it is', (db) => countAncestors(db, { id: 'c' })],
  ['what is under it', (db) => listSubtreeNumbers(db, { document_id: 'd', n: 1 })],
])('a chunk is asked %s without looking through its document', async (_, ask) => {
  const { asking, plan } = await explained(await tempDatabase())
  await ask(asking.read)
  const steps = plan()
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.filter((step) => step.endsWith('(document_id=?)'))).toEqual([])
})
