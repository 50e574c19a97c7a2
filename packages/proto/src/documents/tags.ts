import { Type } from 'typebox'
import { op } from '../op.ts'
import { Int, object, optional, Text } from '../schema.ts'
import { documentId, id, scope } from './parts.ts'

/** Tags of chunks. */
export const tagOps = {
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
}
