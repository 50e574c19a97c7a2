import { Type } from 'typebox'
import { boardToImport, importedBoard, rowsToExport } from '../board-exchange.ts'
import { op } from '../op.ts'
import { Anything, Bool, Int, object, optional, Text } from '../schema.ts'
import { documentId, documentRef, include_comments, path, scope } from './parts.ts'

/** What comes in from elsewhere and goes out. */
export const exchangeOps = {
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
}
