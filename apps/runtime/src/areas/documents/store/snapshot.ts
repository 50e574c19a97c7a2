import type { Place } from '../../../ground/identity/place.ts'
import type { SnapshotRecipe, TrustedStatement } from '../../../ground/sql-sandbox/messages.ts'

/**
 * What a question in SQL is asked of: the rows of one place, and of those the columns that may be seen. Numbers that
 * count the rows of everybody are left behind.
 */
export function placeSnapshot(source: string, { tenantId, scope, scopeId }: Place): SnapshotRecipe {
  const place = [tenantId, scope, scopeId]
  const ofPlace = (table: string) =>
    `${table}.place_id = (SELECT id FROM source.document_places WHERE tenant_id = ? AND scope = ? AND scope_id = ?)`
  const copy = (into: string, select: string): TrustedStatement => ({
    sql: `INSERT INTO main.${into} ${select}`,
    args: place,
  })
  return {
    source,
    steps: [
      ...tables.map((sql) => ({ sql })),
      copy(
        'documents',
        `SELECT d.id, d.title, d.root_chunk_id, d.created_at, d.updated_at FROM source.live_documents AS d WHERE ${ofPlace('d')}`,
      ),
      copy(
        'chunks',
        `SELECT c.id, c.document_id, nullif(c.parent_id, ''), s.base + c.slot, nullif(c.type, ''), nullif(c.status, ''),
          nullif(c.rank, ''), c.title, c.revision, c.natural_key, c.created_at, c.updated_at, t.fields, t.body
          FROM source.live_chunks AS c
          JOIN source.chunk_shelves AS s
            ON s.document_id = c.document_id AND s.parent_id = c.parent_id AND s.shelf = c.shelf
          JOIN source.chunk_contents AS t ON t.n = c.n
          WHERE ${ofPlace('c')}`,
      ),
      copy(
        'chunk_edges',
        `SELECT e.from_id, e.to_id, e.kind, e.auto, e.created_at FROM source.chunk_edges AS e
          WHERE ${ofPlace('e')} AND ${isCopied('e.from_id')} AND ${isCopied('e.to_id')}`,
      ),
      copy(
        'chunk_types',
        `SELECT y.document_id, y.name, y.fields, y.created_at FROM source.chunk_types AS y WHERE ${ofPlace('y')}`,
      ),
      copy(
        'chunk_tags',
        `SELECT g.chunk_id, g.tag FROM source.chunk_tags AS g WHERE ${ofPlace('g')} AND ${isCopied('g.chunk_id')}`,
      ),
      ...indexes.map((sql) => ({ sql })),
    ],
    report: {
      sql: `SELECT (${typesToRead}) AS types,
        (SELECT head_seq + relinked FROM source.document_places WHERE tenant_id = ? AND scope = ? AND scope_id = ?) AS version`,
      args: place,
    },
  }
}

/** Each declaration once, in order, as far as there is time for: every question reads them again. */
const typesToRead = `SELECT json_group_array(fields ORDER BY name, document_id) FROM (
  SELECT *, sum(octet_length(fields)) OVER (ORDER BY name, document_id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS before
  FROM (SELECT fields, min(name) AS name, document_id FROM main.chunk_types GROUP BY fields)
) WHERE ifnull(before, 0) < ${1024 * 1024}`

/** Of chunks that come or go there may be edges and tags. The plus keeps SQLite from trying every chunk with every other. */
function isCopied(id: string): string {
  return `+${id} IN (SELECT id FROM main.chunks)`
}

/** A body comes last: what is beside it is found without reading it. */
const tables = [
  `CREATE TABLE main.documents (
    id TEXT PRIMARY KEY, title TEXT, root_chunk_id TEXT, created_at INTEGER, updated_at INTEGER) WITHOUT ROWID`,
  `CREATE TABLE main.chunks (
    id TEXT, document_id TEXT, parent_id TEXT, position INTEGER, type TEXT, status TEXT, rank TEXT, title TEXT,
    revision INTEGER, natural_key TEXT, created_at INTEGER, updated_at INTEGER, fields TEXT, body TEXT)`,
  `CREATE TABLE main.chunk_edges (
    from_id TEXT, to_id TEXT, kind TEXT, auto INTEGER, created_at INTEGER,
    PRIMARY KEY (from_id, to_id, kind)) WITHOUT ROWID`,
  `CREATE TABLE main.chunk_types (
    document_id TEXT, name TEXT, fields TEXT, created_at INTEGER, PRIMARY KEY (document_id, name)) WITHOUT ROWID`,
  'CREATE TABLE main.chunk_tags (chunk_id TEXT, tag TEXT, PRIMARY KEY (chunk_id, tag)) WITHOUT ROWID',
]

const indexes = [
  'CREATE UNIQUE INDEX main.chunks_by_id ON chunks (id)',
  'CREATE INDEX main.chunks_by_position ON chunks (document_id, parent_id, position)',
  'CREATE INDEX main.chunks_by_kind ON chunks (type, status)',
  'CREATE INDEX main.chunk_edges_by_target ON chunk_edges (to_id)',
  'CREATE INDEX main.chunk_tags_by_tag ON chunk_tags (tag)',
]
