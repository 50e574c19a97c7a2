import { Type } from 'typebox'
import { Bool, Int, object, oneOf, optional, Text } from './schema.ts'

export const boardFormats = [
  'trello',
  'github_projects',
  'linear',
  'vibe_kanban',
  'focalboard',
  'markdown_lists',
  'csv',
] as const

const BoardFile = object('BoardFile', { name: Text('As in the archive, e.g. issues.csv.'), text: Text() })

/** Of `import_board`, besides whose and where. */
export const boardToImport = {
  format: optional(
    oneOf(
      boardFormats,
      'trello: its JSON; github_projects, linear: their tables; vibe_kanban: issues.csv, or all files of its archive; focalboard: board.jsonl; markdown_lists: columns as headings and cards as list items; csv: any table with a header. Told by the text unless given.',
    ),
  ),
  text: optional(Text('What the file says.')),
  files: optional(Type.Array(BoardFile, { maxItems: 200, description: 'Instead: the files of an archive.' })),
  title: optional(Type.String({ maxLength: 1000, description: 'Where the file says none.' })),
  board: optional(Text('Title of the one to import where the archive has several; the first unless given.')),
  title_column: optional(Text('For csv: the column that has the titles.')),
  status_column: optional(Text('For csv: the column that says where a card stands.')),
  archived: optional(Bool('What was put away as well.')),
  preview: optional(Bool('Makes nothing, and says what would be made and what is left out.')),
}

const LeftOutPart = object('LeftOutPart', {
  what: Text(),
  why: Text(),
  count: optional(Int('Left out where the file does not tell.')),
})

const ImportedColumn = object('ImportedColumn', { status: Text(), title: Text(), cards: Int() })

const ImportedField = object('ImportedField', { name: Text(), kind: Text() })

const ImportedTable = object('ImportedTable', {
  header: Type.Array(Text(), { description: 'Its columns.' }),
  title: Text('The one that has the titles.'),
  status: optional(Text('The one that says where a card stands.')),
})

/** What is made, or would be. */
export const importedBoard = {
  format: oneOf(boardFormats),
  title: Text(),
  columns: Type.Array(ImportedColumn, { description: 'In order.' }),
  fields: Type.Array(ImportedField, { description: 'Of its cards, declared as the type card.' }),
  cards: Int(),
  comments: Int(),
  edges: Int(),
  without_column: Int('Cards that stand in no column.'),
  left_out: Type.Array(LeftOutPart, { description: 'What is not taken, and why.' }),
  boards: optional(Type.Array(Text(), { description: 'Titles of all in the archive, where there are several.' })),
  table: optional(ImportedTable),
}

/** Of `export_csv`, besides the document. */
export const rowsToExport = {
  ids: optional(
    Type.Array(Text(), { maxItems: 20_000, description: 'Only these chunks, in this order; all cards unless given.' }),
  ),
  columns: optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 210 }), {
      maxItems: 500,
      description:
        'title, status, type, tags, body, id, parent, created_at, updated_at or field:<name>; title, status, tags and every field unless given.',
    }),
  ),
}
