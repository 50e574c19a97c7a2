import { Type } from 'typebox'
import { op } from '../op.ts'
import { Anything, Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text, Time } from '../schema.ts'
import { ChangeActor, Chunk } from './chunk.ts'
import { documentId, id, limit, scope } from './parts.ts'

export const DocumentChange = object(
  'DocumentChange',
  {
    type: Type.Literal('change'),
    seq: Int('Number of the change in its scope; also the frame’s id.'),
    op: Text('The op that was called.'),
    document_id: Text(),
    chunk_id: optional(Text()),
    revision: optional(Int('Of the chunk, after the change.')),
    actor: ChangeActor,
    at: Text(),
    title: optional(Text()),
    parent_id: optional(Text()),
    position: optional(Int()),
    after_id: optional(Text('With `position`: the sibling it stands behind now; empty where it is the first.')),
    keys: optional(Type.Array(Text(), { description: 'What was changed, e.g. status.' })),
    changed: optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'What title, type, status, rank, fields and tags are now, as far as they were changed. Never the body; left out where it would be long, and then the chunk is to be read.',
      }),
    ),
    kind: optional(Text('Of the edge.')),
    to_id: optional(Text('Where the edge leads.')),
    count: optional(Int('How many chunks came or went.')),
    ranks: optional(
      Type.Record(Type.String(), Text(), {
        description:
          'The ranks that cards have got, by id, to make room for another between them; nothing else of them changed.',
      }),
    ),
  },
  'One change to a document, as it is followed.',
)

export type DocumentChange = Of<typeof DocumentChange>

/** What was done to documents, and undoing it. */
export const historyOps = {
  history: op({
    name: 'history',
    description: 'The revisions of a chunk, the newest first.',
    idempotent: true,
    effect: 'reads',
    input: object('ChunkHistoryInput', { scope, id, limit: limit(1000, 100), cursor }),
    output: object('ChunkHistoryOutput', {
      chunk_id: Text(),
      next_cursor,
      revisions: Type.Array(
        object('ChunkRevision', {
          revision: Int(),
          created_at: Int('Unix time in nanoseconds.'),
          at: Time(),
          actor: Text('Who made it, in a word.'),
          actor_ref: ChangeActor,
          op: Text(),
          keys: optional(Type.Array(Text())),
        }),
      ),
    }),
  }),
  get_version: op({
    name: 'get_version',
    description: 'A chunk as it was at a revision.',
    idempotent: true,
    effect: 'reads',
    input: object('GetVersionInput', { scope, id, revision: Type.Integer({ minimum: 1 }) }),
    output: object('GetVersionOutput', {
      chunk_id: Text(),
      revision: Int(),
      body: Text(),
      title: Text(),
      type: optional(Text()),
      status: optional(Text()),
      fields: optional(Type.Record(Type.String(), Type.Unknown())),
      tags: optional(Type.Array(Text())),
    }),
  }),
  diff: op({
    name: 'diff',
    description: 'What changed in a chunk between two revisions.',
    idempotent: true,
    effect: 'reads',
    input: object('DiffChunkInput', {
      scope,
      id,
      from_revision: Type.Integer({ minimum: 1 }),
      to_revision: Type.Integer({ minimum: 1 }),
    }),
    output: object('DiffChunkOutput', {
      chunk_id: Text(),
      from_revision: Int(),
      to_revision: Int(),
      diff: Text('Of the bodies, unified.'),
      changes: Type.Record(Type.String(), object('ChangedValue', { from: Anything(), to: Anything() }), {
        description: 'Of everything but the body.',
      }),
    }),
  }),
  changes: op({
    name: 'changes',
    description: 'What was done, and by whom, oldest first.',
    idempotent: true,
    effect: 'reads',
    input: object('ListChangesInput', {
      scope,
      since: optional(Type.Integer({ minimum: 0, description: 'Only changes after this number.' })),
      document_id: documentId,
      id: optional(id),
      run_id: optional(Text()),
      limit: limit(1000, 100),
    }),
    output: object('ListChangesOutput', { changes: Type.Array(DocumentChange), head: Int(), truncated: Bool() }),
  }),
  revert: op({
    name: 'revert',
    description: 'Undo what one revision of a chunk changed, as a new revision.',
    idempotent: false,
    effect: 'changes',
    input: object('RevertInput', {
      scope,
      id,
      revision: Type.Integer({ minimum: 2, description: 'The revision to undo.' }),
    }),
    output: Chunk,
  }),
  revert_run: op({
    name: 'revert_run',
    description: 'Undo everything a run did to documents, but for what others have changed since.',
    idempotent: true,
    effect: 'changes',
    input: object('RevertRunInput', { scope, run_id: Text(), document_id: documentId }),
    output: object('RevertRunOutput', {
      run_id: Text(),
      reverted: Type.Array(
        object('RevertedThing', {
          what: oneOf(['chunk', 'document', 'edge', 'type']),
          id: Text(),
          how: oneOf(['restored', 'deleted', 'recreated']),
          title: optional(Text()),
        }),
      ),
      skipped: Type.Array(
        object('SkippedThing', {
          what: oneOf(['chunk', 'document', 'edge', 'type']),
          id: Text(),
          title: optional(Text()),
          reason: Text(),
        }),
      ),
    }),
  }),
}
