import type { SharedRows, SharedTable } from '../../../ground/sql-sandbox/user-sql.ts'

/**
 * What a question in SQL is asked of: the rows of one place, and of those the columns that may be seen. Numbers that
 * count the rows of everybody are left behind.
 */
export function rowsOfPlace(placeId: number): SharedRows {
  const args = [placeId]
  return {
    tables: tables.map(({ select, ...table }) => ({ ...table, select: { sql: select, args } })),
    indexes,
    report: {
      sql: `SELECT (${typesToRead}) AS types,
        (SELECT head_seq + relinked FROM source.document_places WHERE id = ?) AS version`,
      args,
    },
  }
}

/** Each declaration once, in order, as far as there is time for: every question reads them again. */
const typesToRead = `SELECT json_group_array(fields ORDER BY name, document_id) FROM (
  SELECT *, sum(octet_length(fields)) OVER (ORDER BY name, document_id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS before
  FROM (SELECT fields, min(name) AS name, min(document_id) AS document_id FROM main.chunk_types GROUP BY fields) AS types
) AS declared WHERE coalesce(before, 0) < ${1024 * 1024}`

/** Said by its number: a view on Postgres can be read by everybody, and so could a name in it. */
function ofPlace(table: string): string {
  return `${table}.place_id = ?`
}

/** Of chunks that come or go there may be edges and tags. The plus keeps SQLite from trying every chunk with every other. */
function isShown(id: string): string {
  return `+${id} IN (SELECT id FROM main.chunks)`
}

/** A body comes last: what is beside it is found without reading it. */
const tables: readonly (Omit<SharedTable, 'select'> & { select: string })[] = [
  {
    name: 'documents',
    columns: ['id', 'title', 'root_chunk_id', 'created_at', 'updated_at'],
    create: `CREATE TABLE main.documents (
      id TEXT PRIMARY KEY, title TEXT, root_chunk_id TEXT, created_at INTEGER, updated_at INTEGER) WITHOUT ROWID`,
    select: `SELECT d.id, d.title, d.root_chunk_id, d.created_at, d.updated_at FROM source.live_documents AS d
      WHERE ${ofPlace('d')}`,
  },
  {
    name: 'chunks',
    columns: [
      ...['id', 'document_id', 'parent_id', 'position', 'type', 'status', 'rank', 'title', 'revision', 'natural_key'],
      ...['created_at', 'updated_at', 'fields', 'body'],
    ],
    create: `CREATE TABLE main.chunks (
      id TEXT, document_id TEXT, parent_id TEXT, position INTEGER, type TEXT, status TEXT, rank TEXT, title TEXT,
      revision INTEGER, natural_key TEXT, created_at INTEGER, updated_at INTEGER, fields TEXT, body TEXT)`,
    select: `SELECT c.id, c.document_id, nullif(c.parent_id, ''), s.base + c.slot, nullif(c.type, ''), nullif(c.status, ''),
      nullif(c.rank, ''), c.title, c.revision, c.natural_key, c.created_at, c.updated_at, t.fields, t.body
      FROM source.live_chunks AS c
      JOIN source.chunk_shelves AS s
        ON s.document_id = c.document_id AND s.parent_id = c.parent_id AND s.shelf = c.shelf
      JOIN source.chunk_contents AS t ON t.n = c.n
      WHERE ${ofPlace('c')}`,
  },
  {
    name: 'chunk_edges',
    columns: ['from_id', 'to_id', 'kind', 'auto', 'created_at'],
    create: `CREATE TABLE main.chunk_edges (
      from_id TEXT, to_id TEXT, kind TEXT, auto INTEGER, created_at INTEGER,
      PRIMARY KEY (from_id, to_id, kind)) WITHOUT ROWID`,
    select: `SELECT e.from_id, e.to_id, e.kind, e.auto, e.created_at FROM source.chunk_edges AS e
      WHERE ${ofPlace('e')} AND ${isShown('e.from_id')} AND ${isShown('e.to_id')}`,
  },
  {
    name: 'chunk_types',
    columns: ['document_id', 'name', 'fields', 'created_at'],
    create: `CREATE TABLE main.chunk_types (
      document_id TEXT, name TEXT, fields TEXT, created_at INTEGER, PRIMARY KEY (document_id, name)) WITHOUT ROWID`,
    select: `SELECT y.document_id, y.name, y.fields, y.created_at FROM source.chunk_types AS y WHERE ${ofPlace('y')}`,
  },
  {
    name: 'chunk_tags',
    columns: ['chunk_id', 'tag'],
    create: 'CREATE TABLE main.chunk_tags (chunk_id TEXT, tag TEXT, PRIMARY KEY (chunk_id, tag)) WITHOUT ROWID',
    select: `SELECT g.chunk_id, g.tag FROM source.chunk_tags AS g WHERE ${ofPlace('g')} AND ${isShown('g.chunk_id')}`,
  },
]

const indexes = [
  'CREATE UNIQUE INDEX main.chunks_by_id ON chunks (id)',
  'CREATE INDEX main.chunks_by_position ON chunks (document_id, parent_id, position)',
  'CREATE INDEX main.chunks_by_kind ON chunks (type, status)',
  'CREATE INDEX main.chunk_edges_by_target ON chunk_edges (to_id)',
  'CREATE INDEX main.chunk_tags_by_tag ON chunk_tags (tag)',
]
