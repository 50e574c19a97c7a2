import { Type } from 'typebox'
import { boardToImport, importedBoard, rowsToExport } from './board-exchange.ts'
import { endpoint } from './endpoint.ts'
import { Interrupt } from './interrupts.ts'
import { op, opSet } from './op.ts'
import { AgentRow, Ident } from './runs.ts'
import {
  Anything,
  Bool,
  clearable,
  cursor,
  emptyCounts,
  Int,
  next_cursor,
  type Of,
  object,
  oneOf,
  optional,
  Text,
  Time,
} from './schema.ts'

export const documentScopes = ['user', 'agent', 'tenant'] as const

const scope = optional(
  oneOf(documentScopes, 'Whose documents: the user’s (unless given), this agent’s, or the tenant’s.'),
)
const id = Text('Of the chunk.')
const documentId = optional(Text('Of the document.'))
const path = optional(Text('Name of the document, e.g. /docs/launch.'))
const title = Type.String({ maxLength: 1000 })
const type = clearable(
  optional(Type.String({ maxLength: 200, description: 'Kind of chunk, e.g. publication; "" or null for none.' })),
)
const status = clearable(
  optional(Type.String({ maxLength: 200, description: 'Its column on a board; "" or null for none.' })),
)
const body = emptyCounts(optional(Text('Markdown. [[Title]] or [[id]] links to another chunk.')))
const fields = optional(
  Type.Record(Type.String(), Type.Unknown(), {
    description: 'Values by name, all of them; checked where the type declares them.',
  }),
)
const tagList = (description?: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100, ...(description ? { description } : {}) })
const tags = optional(tagList())
const position = optional(Type.Integer({ minimum: 0, maximum: 1e12, description: 'Place among the siblings, from 0.' }))
const after_id = optional(Text('Sibling it comes right after.'))
const before_id = optional(Text('Sibling it comes right before.'))
const rank = optional(
  Text('Its place among the chunks of the document that have its status; compared character by character.'),
)
const revision = Type.Integer({
  minimum: 1,
  description: 'The revision you have read; refused where it is no longer current.',
})
const since = (description: string) => optional(Type.Integer({ minimum: 0, description }))
const limit = (maximum: number, fallback: number) => optional(Type.Integer({ minimum: 1, maximum, default: fallback }))

export const actorKinds = ['user', 'agent', 'program', 'schedule', 'webhook', 'mcp_peer', 'system'] as const
export const ChangeActor = object('ChangeActor', {
  kind: oneOf(actorKinds),
  id: Text('The user, or the name of the agent or of whatever else it was.'),
  run_id: optional(Text()),
})
export type ChangeActor = Of<typeof ChangeActor>

const ChunkAsset = object('ChunkAsset', { media_type: Text(), size: Int('In bytes.'), filename: optional(Text()) })

const not_started = optional(
  Type.Array(object('NotStarted', { agent: Text(), reason: Text() }), {
    description: 'Of a comment that was just written: whom it mentions and nobody starts, and why.',
  }),
)

export const Chunk = object('Chunk', {
  id: Text(),
  document_id: Text(),
  position: Int('Place among its siblings; unique, ascending, not always without gaps.'),
  title: Text(),
  revision: Int(),
  body: Text(),
  parent_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  rank,
  fields: optional(Type.Record(Type.String(), Type.Unknown())),
  tags: optional(Type.Array(Text())),
  asset: optional(ChunkAsset),
  natural_key: optional(Text()),
  preamble: optional(Text('What an imported file had before its first heading.')),
  created_at: Text(),
  updated_at: Text(),
  updated_by: ChangeActor,
  not_started,
})
export type Chunk = Of<typeof Chunk>

const ChunkSummary = object('ChunkSummary', {
  id: Text(),
  document_id: Text(),
  title: Text(),
  position: Int(),
  revision: Int(),
  parent_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  rank,
  natural_key: optional(Text()),
  updated_at: optional(Text()),
  body: optional(Text('Where asked for by `include`.')),
  fields: optional(Type.Record(Type.String(), Type.Unknown())),
  tags: optional(Type.Array(Text())),
  created_at: optional(Text('With `actors`.')),
  created_by: optional(ChangeActor),
  updated_by: optional(ChangeActor),
})

const DocumentSummary = object('DocumentSummary', {
  document_id: Text(),
  title: Text(),
  color_enabled: Bool(),
  root_chunk_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  color_scheme: optional(Text()),
})

const fromEnd = {
  from_title: optional(Text()),
  from_type: optional(Text()),
  from_status: optional(Text()),
  from_document_id: optional(Text()),
}
const toEnd = {
  to_title: optional(Text()),
  to_type: optional(Text()),
  to_status: optional(Text()),
  to_document_id: optional(Text()),
}
const ChunkEdge = object('ChunkEdge', {
  from_id: Text(),
  to_id: Text(),
  kind: Text(),
  auto: Bool('Made from a link in the body.'),
  ...fromEnd,
  ...toEnd,
})

const FoundChunk = object('FoundChunk', {
  chunk_id: Text(),
  score: Type.Number({ description: 'Higher is closer.' }),
  title: optional(Text()),
  type: optional(Text()),
  document_id: optional(Text()),
  excerpt: optional(Text()),
})

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
  },
  'One change to a document, as it is followed.',
)
export type DocumentChange = Of<typeof DocumentChange>

export const fieldKinds = ['text', 'number', 'date', 'select', 'person', 'url', 'checkbox'] as const

const FieldSpec = object('FieldSpec', {
  name: Text(),
  kind: oneOf(fieldKinds),
  options: optional(Type.Array(Text())),
  required: optional(Bool()),
})

export const FieldPredicate = object('FieldPredicate', {
  field: Text(),
  is: oneOf(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'contains', 'set', 'unset']),
  value: optional(Anything()),
})

const Ok = { ok: Bool() }
const include_comments = optional(Bool('What was said about cards, as well.'))
const documentRef = { id: optional(Text('Of the document.')), path }
const newChunk = {
  parent_id: optional(Text('Chunk it belongs under; beside the root where left out.')),
  position,
  after_id,
  before_id,
  type,
  status,
  body,
  fields,
  tags,
}

export const documentOps = opSet({
  tool: 'Document',
  description:
    'Documents made of chunks: a tree with types, status, typed fields, links and history, which people and agents edit together.',
  access: 'substrate:tenant',
  http: { path: '/v1/_document' },
  ops: {
    create_document: op({
      name: 'create_document',
      description: 'Make a document with its root chunk, under a path (one in /documents unless given).',
      idempotent: false,
      effect: 'changes',
      input: object('CreateDocumentInput', { scope, title, path, type, status, tags }),
      output: object('CreateDocumentOutput', {
        document_id: Text(),
        root_chunk_id: Text(),
        title: Text(),
        path: optional(Text()),
        path_warning: optional(Text('Why it could not have the path.')),
      }),
    }),
    get_document: op({
      name: 'get_document',
      description: 'Find a document by id or path.',
      idempotent: true,
      effect: 'reads',
      input: object('GetDocumentInput', { scope, ...documentRef }),
      output: object('GetDocumentOutput', {
        document_id: Text(),
        title: Text(),
        root_chunk_id: Text(),
        type: optional(Text()),
        status: optional(Text()),
        tags: optional(Type.Array(Text())),
        color_enabled: Bool(),
        color_scheme: optional(Text()),
        paths: Type.Array(Text(), { description: 'Its names.' }),
        chunk_count: Int(),
        created_at: Text(),
        updated_at: Text(),
        seq: Int('The latest change in the scope; follow from here.'),
      }),
    }),
    delete_document: op({
      name: 'delete_document',
      description: 'Delete a document with its chunks, edges and names.',
      idempotent: true,
      effect: 'changes',
      input: object('DeleteDocumentInput', { scope, ...documentRef }),
      output: object('DeleteDocumentOutput', {
        deleted: Bool('It is not there any more, whether or not it was.'),
        document_id: Text(),
        n_chunks_deleted: Int('0 where there was no such document.'),
      }),
    }),
    set_path: op({
      name: 'set_path',
      description: 'Give a document one more name.',
      idempotent: true,
      effect: 'changes',
      input: object('SetPathInput', { scope, id: Text('Of the document.'), path: Text() }),
      output: object('SetPathOutput', { document_id: Text(), path: Text() }),
    }),
    documents_summary: op({
      name: 'documents_summary',
      description: 'What documents there are.',
      idempotent: true,
      effect: 'reads',
      input: object('DocumentsSummaryInput', {
        scope,
        document_ids: optional(Type.Array(Text(), { maxItems: 1000 })),
        under_path: optional(Text()),
      }),
      output: object('DocumentsSummaryOutput', { documents: Type.Array(DocumentSummary) }),
    }),
    query_documents: op({
      name: 'query_documents',
      description: 'Find documents by name, type, status, tag or path, the last changed first.',
      idempotent: true,
      effect: 'reads',
      input: object('QueryDocumentsInput', {
        scope,
        text: optional(Text('Occurs in its title or in one of its paths.')),
        type: optional(Text()),
        status: optional(Text()),
        tag: optional(Text()),
        under_path: optional(Text()),
        limit: limit(1000, 100),
        cursor,
      }),
      output: object('QueryDocumentsOutput', {
        next_cursor,
        documents: Type.Array(
          object('FoundDocument', {
            document_id: Text(),
            title: Text(),
            root_chunk_id: Text(),
            created_at: Int('Unix time in nanoseconds.'),
            updated_at: Int('Unix time in nanoseconds.'),
            type: optional(Text()),
            status: optional(Text()),
            paths: Type.Array(Text(), { description: 'Its names, oldest first.' }),
          }),
        ),
      }),
    }),

    create_chunk: op({
      name: 'create_chunk',
      description: 'Add a chunk; last among its siblings unless a place is given.',
      idempotent: false,
      effect: 'changes',
      input: object('CreateChunkInput', { scope, document_id: Text(), title, ...newChunk }),
      output: Chunk,
    }),
    upsert_chunk: op({
      name: 'upsert_chunk',
      description: 'Add a chunk, or change the one that has this natural key in the document.',
      idempotent: true,
      effect: 'changes',
      input: object('UpsertChunkInput', {
        scope,
        document_id: Text(),
        natural_key: Type.String({ minLength: 1, maxLength: 500 }),
        title,
        ...newChunk,
      }),
      output: object('UpsertChunkOutput', {
        id: Text(),
        natural_key: Text(),
        created: Bool(),
        revision: Int(),
        not_started,
      }),
    }),
    get_chunk: op({
      name: 'get_chunk',
      description: 'Read a chunk.',
      idempotent: true,
      effect: 'reads',
      input: object('GetChunkInput', { scope, id }),
      output: Chunk,
    }),
    update_chunk: op({
      name: 'update_chunk',
      description:
        'Change what is given of a chunk, its place included, in one step; needs the revision you have read.',
      idempotent: false,
      effect: 'changes',
      input: object('UpdateChunkInput', {
        scope,
        id,
        revision: optional(revision),
        title: emptyCounts(optional(title)),
        type,
        status,
        body,
        fields,
        set_fields: optional(
          Type.Record(Type.String(), Type.Unknown(), {
            description: 'Only these fields; null takes one away. The others stay.',
          }),
        ),
        tags,
        add_tags: optional(tagList('Only these besides; the others stay.')),
        remove_tags: optional(tagList('Only these go; the others stay.')),
        preamble: emptyCounts(optional(Text())),
        parent_id: emptyCounts(optional(Text('Moves it under another chunk; "" to the top level.'))),
        position,
        after_id,
        before_id,
      }),
      output: Chunk,
    }),
    delete_chunk: op({
      name: 'delete_chunk',
      description: 'Delete a chunk and everything under it.',
      idempotent: false,
      effect: 'changes',
      input: object('DeleteChunkInput', {
        scope,
        id,
        revision: optional(revision),
        unchanged_since: since(
          'Number of the latest change you have seen; refused (409 changed_since, with the changes) where something was done since to the chunk, to anything under it, or to edges that lead there.',
        ),
      }),
      output: object('DeleteChunkOutput', { deleted: Bool(), cascade_deleted_descendants: Int() }),
    }),
    move_chunk: op({
      name: 'move_chunk',
      description: 'Move a chunk with everything under it; its new siblings make room.',
      idempotent: true,
      effect: 'changes',
      input: object('MoveChunkInput', {
        scope,
        id,
        new_parent_id: emptyCounts(
          optional(Text('Chunk it belongs under; the top level where empty or left out, unless a sibling is named.')),
        ),
        position,
        after_id,
        before_id,
        revision: optional(revision),
        unmoved_since: since(
          'Number of the latest change you have seen; refused (409 changed_since, with the changes) where the chunk was put elsewhere since.',
        ),
      }),
      output: object('MoveChunkOutput', { ...Ok, id: Text(), new_parent_id: Text(), position: Int() }),
    }),
    move_card: op({
      name: 'move_card',
      description:
        'Put a card into a column, that is give it a status, and to its place there: last unless it is to stand beside another card. Refused (409 column_full) where the column takes no more; the answer says which do.',
      idempotent: true,
      effect: 'changes',
      input: object('MoveCardInput', {
        scope,
        id,
        status,
        after_id: optional(Text('Card of that column it comes right after; passed over where it is no longer there.')),
        before_id: optional(
          Text('Card of that column it comes right before; passed over where it is no longer there.'),
        ),
        revision: optional(revision),
      }),
      output: object('MoveCardOutput', {
        id: Text(),
        document_id: Text(),
        status: Text('Empty where it has none.'),
        rank: Text('Empty where it has no status.'),
        revision: Int('One more where the status was changed; a place alone makes none.'),
      }),
    }),
    card_runs: op({
      name: 'card_runs',
      description:
        'Which agents are at work on the cards of a document, or on one card, what they ask, and which cards wait for their turn; of one card also the runs that have ended, the newest first.',
      idempotent: true,
      effect: 'reads',
      input: object('CardRunsInput', { scope, document_id: Text(), id: optional(id), limit: limit(200, 100) }),
      output: object('CardRunsOutput', {
        runs: Type.Array(
          object('CardRun', {
            chunk_id: Text('The card.'),
            ...AgentRow.properties,
            questions: Type.Array(Interrupt, { description: 'That it waits to be answered.' }),
          }),
        ),
        waiting: Type.Array(
          object('WaitingCard', {
            chunk_id: Text('The card.'),
            agent: Text('Is started when its turn has come.'),
            status: optional(Text('The column that has it started.')),
            comment_id: optional(Text('The comment that mentions it.')),
            asked_by: ChangeActor,
            since: Text(),
          }),
          { description: 'In their order.' },
        ),
      }),
    }),
    reorder_chunk: op({
      name: 'reorder_chunk',
      description: 'Move a chunk one place up or down among its siblings.',
      idempotent: false,
      effect: 'changes',
      input: object('ReorderChunkInput', { scope, id, direction: oneOf(['up', 'down']), revision: optional(revision) }),
      output: object('ReorderChunkOutput', { reordered: Bool(), id: Text(), direction: optional(Text()) }),
    }),

    link_chunks: op({
      name: 'link_chunks',
      description: 'Draw an edge from one chunk to another, e.g. of kind implements.',
      idempotent: true,
      effect: 'changes',
      input: object('LinkChunksInput', {
        scope,
        from_id: Text(),
        to_id: Text(),
        kind: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\[\\]\\r\\n]+$' }),
      }),
      output: object('LinkChunksOutput', { ...Ok, from_id: Text(), to_id: Text(), kind: Text() }),
    }),
    unlink_chunks: op({
      name: 'unlink_chunks',
      description: 'Take an edge away.',
      idempotent: true,
      effect: 'changes',
      input: object('UnlinkChunksInput', { scope, from_id: Text(), to_id: Text(), kind: Text() }),
      output: object('UnlinkChunksOutput', { removed: Bool() }),
    }),
    get_edges: op({
      name: 'get_edges',
      description: 'The edges that start or end in a document, or at one chunk.',
      idempotent: true,
      effect: 'reads',
      input: object('GetEdgesInput', {
        scope,
        document_id: documentId,
        id: optional(Text('Of a chunk: only its edges.')),
        limit: limit(10_000, 10_000),
        cursor,
      }),
      output: object('GetEdgesOutput', { edges: Type.Array(ChunkEdge), next_cursor }),
    }),
    backlinks: op({
      name: 'backlinks',
      description: 'What leads to a chunk.',
      idempotent: true,
      effect: 'reads',
      input: object('BacklinksInput', { scope, id }),
      output: object('BacklinksOutput', {
        backlinks: Type.Array(object('Backlink', { from_id: Text(), kind: Text(), auto: Bool(), ...fromEnd })),
      }),
    }),

    query_chunks: op({
      name: 'query_chunks',
      description:
        'Find chunks by what they are, or with one read-only SELECT over documents, chunks, chunk_edges, chunk_types and chunk_tags, where fields of declared types are columns of chunks.',
      idempotent: true,
      effect: 'reads',
      input: object('QueryChunksInput', {
        scope,
        document_id: documentId,
        ids: optional(
          Type.Array(Text(), {
            minItems: 1,
            maxItems: 1000,
            description: 'Only these chunks, as far as they are there.',
          }),
        ),
        type: optional(Text()),
        status: optional(Text()),
        parent_id: emptyCounts(optional(Text('"" for the top level.'))),
        under_path: optional(Text('Only of documents at or below this path.')),
        tag: optional(Text()),
        tag_prefix: optional(Text()),
        text: optional(Text('Words that occur.')),
        where: optional(Type.Array(FieldPredicate, { maxItems: 20, description: 'All must hold of the fields.' })),
        sort: optional(
          Type.String({
            pattern: '^(position|rank|title|type|status|created_at|updated_at|field:.+)$',
            description: 'position, rank, title, type, status, created_at, updated_at or field:<name>.',
          }),
        ),
        order: optional(oneOf(['asc', 'desc'])),
        include: optional(
          Type.Array(oneOf(['body', 'fields', 'tags', 'actors']), {
            description: '`actors`: who made it and when, and who wrote it last.',
          }),
        ),
        limit: limit(1000, 100),
        offset: optional(Type.Integer({ minimum: 0 })),
        cursor,
        sql: optional(Text('One SELECT; nothing else of this applies then.')),
        args: optional(Type.Array(Type.Unknown(), { maxItems: 32_766, description: 'For the ? in `sql`.' })),
      }),
      output: object('QueryChunksOutput', {
        chunks: optional(Type.Array(ChunkSummary)),
        next_cursor,
        columns: optional(Type.Array(Text())),
        rows: optional(Type.Array(Type.Array(Type.Unknown()))),
        truncated: optional(Bool()),
      }),
    }),
    search: op({
      name: 'search',
      description:
        'Find chunks by the words in them and, where there is an embedder, by what they mean; the closest first.',
      idempotent: true,
      effect: 'reads',
      input: object('SearchChunksInput', { scope, query: Text(), document_id: documentId, limit: limit(100, 20) }),
      output: object('SearchChunksOutput', {
        chunks: Type.Array(FoundChunk),
        note: optional(Text('What was found by words only, and why.')),
      }),
    }),
    related: op({
      name: 'related',
      description: 'Chunks that share edges, tags or words with this one.',
      idempotent: true,
      effect: 'reads',
      input: object('RelatedChunksInput', { scope, id, limit: limit(100, 20) }),
      output: object('RelatedChunksOutput', { related: Type.Array(FoundChunk) }),
    }),
    unlinked_mentions: op({
      name: 'unlinked_mentions',
      description: 'Chunks that mention this one’s title without a link.',
      idempotent: true,
      effect: 'reads',
      input: object('UnlinkedMentionsInput', { scope, id, limit: limit(500, 100) }),
      output: object('UnlinkedMentionsOutput', {
        unlinked_mentions: Type.Array(
          object('UnlinkedMention', { chunk_id: Text(), title: optional(Text()), document_id: optional(Text()) }),
        ),
        truncated: Bool(),
      }),
    }),

    add_tags: op({
      name: 'add_tags',
      description: 'Tag a chunk, or a document.',
      idempotent: true,
      effect: 'changes',
      input: object('AddTagsInput', {
        scope,
        id: optional(id),
        document_id: documentId,
        tags: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 100 }),
      }),
      output: object('TagsOutput', {
        chunk_id: optional(Text()),
        document_id: optional(Text()),
        tags: Type.Array(Text()),
      }),
    }),
    remove_tags: op({
      name: 'remove_tags',
      description: 'Take tags off a chunk, or off a document.',
      idempotent: true,
      effect: 'changes',
      input: object('RemoveTagsInput', {
        scope,
        id: optional(id),
        document_id: documentId,
        tags: Type.Array(Text(), { minItems: 1, maxItems: 100 }),
      }),
      output: object('TagsOutput', {
        chunk_id: optional(Text()),
        document_id: optional(Text()),
        tags: Type.Array(Text()),
      }),
    }),
    list_tags: op({
      name: 'list_tags',
      description: 'The tags in use, the commonest first.',
      idempotent: true,
      effect: 'reads',
      input: object('ListTagsInput', { scope, id: optional(id), document_id: documentId }),
      output: object('ListTagsOutput', {
        tags: Type.Array(object('TagCount', { tag: Text(), count: Int() })),
      }),
    }),

    define_type: op({
      name: 'define_type',
      description:
        'Declare a type of chunk and its fields: [{"name", "kind": text|number|date|select|person|url|checkbox, "options"?: […], "required"?}]. What is declared in another way is kept as it is, and not checked.',
      idempotent: true,
      effect: 'changes',
      input: object('DefineTypeInput', {
        scope,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        document_id: optional(Text('Where it holds; everywhere in the scope if empty or left out.')),
        fields: optional(Anything()),
      }),
      output: object('DefineTypeOutput', {
        ...Ok,
        name: Text(),
        document_id: Text(),
        unchecked: optional(Type.Array(Text(), { description: 'Why which parts of the declaration are not checked.' })),
      }),
    }),
    list_types: op({
      name: 'list_types',
      description: 'The declared types, by name.',
      idempotent: true,
      effect: 'reads',
      input: object('ListTypesInput', {
        scope,
        document_id: optional(Text('Of a document: its own types and those that hold everywhere.')),
        limit: limit(1000, 1000),
        cursor,
      }),
      output: object('ListTypesOutput', {
        next_cursor,
        types: Type.Array(
          object('ChunkType', {
            name: Text(),
            document_id: Text(),
            fields: Anything('As they were declared.'),
            field_specs: Type.Array(FieldSpec, { description: 'What of them is checked.' }),
          }),
        ),
      }),
    }),

    set_asset: op({
      name: 'set_asset',
      description: 'Put an image into a chunk, at most 8 MiB.',
      idempotent: true,
      effect: 'changes',
      input: object('SetAssetInput', {
        scope,
        id,
        media_type: Text('E.g. image/png.'),
        data: Text('Base64.'),
        filename: optional(Type.String({ maxLength: 255 })),
      }),
      output: Chunk,
    }),
    get_asset: op({
      name: 'get_asset',
      description: 'What image a chunk has; its bytes are at /v1/_document/asset/{chunk_id}.',
      idempotent: true,
      effect: 'reads',
      input: object('GetAssetInput', { scope, id }),
      output: object('GetAssetOutput', {
        chunk_id: Text(),
        media_type: Text(),
        size: Int(),
        described: Bool(),
        filename: optional(Text()),
        note: optional(Text()),
      }),
    }),

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

    export_md: op({
      name: 'export_md',
      description: 'A document as Markdown.',
      idempotent: true,
      effect: 'reads',
      input: object('ExportMdInput', {
        scope,
        document_id: documentId,
        ...documentRef,
        include_metadata: optional(
          Bool('Types, status, fields, settings of the board and edges as comments; true unless given.'),
        ),
        include_comments,
      }),
      output: object('ExportMdOutput', { markdown: Text(), document_id: Text(), title: Text() }),
    }),
    import_md: op({
      name: 'import_md',
      description: 'Make a document of Markdown, a chunk per heading; or add the chunks to one that exists.',
      idempotent: false,
      effect: 'changes',
      input: object('ImportMdInput', {
        scope,
        markdown: Text(),
        document_id: documentId,
        parent_id: optional(Text('Chunk of that document they come under; its root unless given.')),
        path,
        title: optional(Type.String({ maxLength: 1000, description: 'Where the text has no heading.' })),
      }),
      output: object('ImportMdOutput', {
        document_id: Text(),
        root_chunk_id: Text(),
        chunks_created: Int(),
        path: optional(Text()),
        path_warning: optional(Text()),
      }),
    }),
    import_board: op({
      name: 'import_board',
      description:
        'Make a document of a board that another program exported: cards with their columns, fields, tags, checklists, comments and links. With `preview` it only says what it would make.',
      idempotent: false,
      effect: 'changes',
      input: object('ImportBoardInput', { scope, ...boardToImport, path }),
      output: object('ImportBoardOutput', {
        ...importedBoard,
        document_id: optional(Text('Left out of a preview.')),
        root_chunk_id: optional(Text()),
        chunks_created: optional(Int()),
        path: optional(Text()),
        path_warning: optional(Text()),
      }),
    }),
    export_csv: op({
      name: 'export_csv',
      description:
        'Cards of a document as a table in CSV. What a spreadsheet would take for a formula begins with an apostrophe.',
      idempotent: true,
      effect: 'reads',
      input: object('ExportCsvInput', { scope, document_id: documentId, ...documentRef, ...rowsToExport }),
      output: object('ExportCsvOutput', { csv: Text(), document_id: Text(), title: Text(), rows: Int() }),
    }),
    export_canvas: op({
      name: 'export_canvas',
      description: 'A document as JSON Canvas 1.0.',
      idempotent: true,
      effect: 'reads',
      input: object('ExportCanvasInput', { scope, document_id: documentId, ...documentRef, include_comments }),
      output: object('ExportCanvasOutput', { canvas: Anything(), document_id: Text() }),
    }),
    import_canvas: op({
      name: 'import_canvas',
      description: 'Make a document of a JSON Canvas: a chunk per node, groups as parents.',
      idempotent: false,
      effect: 'changes',
      input: object('ImportCanvasInput', {
        scope,
        canvas: Anything('The canvas, or its JSON as text.'),
        title: optional(Type.String({ maxLength: 1000 })),
        path,
      }),
      output: object('ImportCanvasOutput', {
        document_id: Text(),
        root_chunk_id: Text(),
        chunks_created: Int(),
        edges_created: Int(),
      }),
    }),
  },
})

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
      document_id: Text(),
      chunk_id: optional(Text('The card that is open.')),
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
