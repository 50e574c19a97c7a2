import { Type } from 'typebox'
import { op } from '../op.ts'
import { Bool, cursor, Int, next_cursor, object, optional, Text } from '../schema.ts'
import { documentRef, limit, path, scope, status, tags, title, type } from './parts.ts'

const DocumentSummary = object('DocumentSummary', {
  document_id: Text(),
  title: Text(),
  color_enabled: Bool(),
  root_chunk_id: optional(Text()),
  type: optional(Text()),
  status: optional(Text()),
  color_scheme: optional(Text()),
})

/** Documents as a whole. */
export const wholeDocumentOps = {
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
}
