import { Type } from 'typebox'
import { op } from '../op.ts'
import { Anything, Bool, cursor, next_cursor, object, oneOf, optional, Text } from '../schema.ts'
import { limit, Ok, scope } from './parts.ts'

export const fieldKinds = ['text', 'number', 'date', 'select', 'person', 'url', 'checkbox'] as const

const FieldSpec = object('FieldSpec', {
  name: Text(),
  kind: oneOf(fieldKinds),
  options: optional(Type.Array(Text())),
  required: optional(Bool()),
})

/** Types of chunks, and the fields that they have. */
export const typeOps = {
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
}
