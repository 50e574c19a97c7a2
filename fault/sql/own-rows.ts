import { DatabaseSync } from 'node:sqlite'

/** As it is in `insertOwnRows`. */
export const ownPlaceId = 1

/** The rows that the asking person has, whoever else has others. */
export function insertOwnRows(file: string): void {
  const db = new DatabaseSync(file)
  db.exec(`BEGIN;
    INSERT INTO document_places VALUES (1, 'default', 'user', 'ada', 3, 0);
    INSERT INTO documents VALUES ('d1', 1, 'Plan', 'c1', 1, 2);
    INSERT INTO chunks VALUES
      (1, 'c1', 1, 'd1', '', 0, 0, '', '', 'Plan', 'plan', NULL, 1, 1, 2, '{}', NULL, ''),
      (2, 'c2', 1, 'd1', 'c1', 0, 0, 'task', 'todo', 'Write', 'write', 'k', 1, 1, 2, '{}', NULL, 'a0'),
      (3, 'c3', 1, 'd1', 'c1', 0, 1, 'task', 'done', 'Read', 'read', NULL, 2, 1, 2, '{}', NULL, 'a0');
    INSERT INTO chunk_shelves VALUES ('d1', '', 0, 0), ('d1', 'c1', 0, 0);
    INSERT INTO chunk_contents VALUES
      (1, '', NULL, '', NULL, NULL), (2, 'words', '{"day":1}', '', NULL, NULL), (3, 'guess', '{"day":2}', '', NULL, NULL);
    INSERT INTO chunk_edges VALUES ('c2', 'c3', 'next', 0, 1, 1);
    INSERT INTO chunk_types VALUES (1, '', 'task', '[{"name":"day","kind":"number"}]', 1);
    INSERT INTO chunk_tags VALUES ('c2', 'a', 1), ('c3', 'b', 1);
    COMMIT`)
  db.close()
}

/** What the asking person may see, over the tables that have everybody's rows. */
export const ownViews = [
  `documents AS SELECT id, title, root_chunk_id, created_at, updated_at FROM main.documents WHERE place_id = 1`,
  `chunks AS SELECT c.id, c.document_id, nullif(c.parent_id, '') AS parent_id, s.base + c.slot AS position,
    nullif(c.type, '') AS type, nullif(c.status, '') AS status, c.title, t.body, t.fields, c.revision,
    nullif(c.rank, '') AS rank, c.natural_key,
    c.created_at, c.updated_at, t.fields ->> '$."day"' AS day
    FROM main.chunks AS c
    JOIN main.chunk_shelves AS s ON s.document_id = c.document_id AND s.parent_id = c.parent_id AND s.shelf = c.shelf
    JOIN main.chunk_contents AS t ON t.n = c.n WHERE c.place_id = 1`,
  'chunk_edges AS SELECT from_id, to_id, kind, auto, created_at FROM main.chunk_edges WHERE place_id = 1',
  'chunk_types AS SELECT document_id, name, fields, created_at FROM main.chunk_types WHERE place_id = 1',
  'chunk_tags AS SELECT chunk_id, tag FROM main.chunk_tags WHERE place_id = 1',
]

export const viewColumns = [
  { name: 'documents', columns: ['id', 'title', 'root_chunk_id', 'created_at', 'updated_at'] },
  {
    name: 'chunks',
    columns: [
      ...['id', 'document_id', 'parent_id', 'position', 'type', 'status', 'title', 'body', 'fields', 'revision'],
      ...['rank', 'natural_key', 'created_at', 'updated_at', 'day'],
    ],
  },
  { name: 'chunk_edges', columns: ['from_id', 'to_id', 'kind', 'auto', 'created_at'] },
  { name: 'chunk_types', columns: ['document_id', 'name', 'fields', 'created_at'] },
  { name: 'chunk_tags', columns: ['chunk_id', 'tag'] },
]
