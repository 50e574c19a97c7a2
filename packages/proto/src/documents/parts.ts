import { Type } from 'typebox'
import { Bool, clearable, emptyCounts, object, oneOf, optional, Text } from '../schema.ts'

export const documentScopes = ['user', 'agent', 'tenant'] as const

export const scope = optional(
  oneOf(documentScopes, 'Whose documents: the user’s (unless given), this agent’s, or the tenant’s.'),
)

export const id = Text('Of the chunk.')

export const documentId = optional(Text('Of the document.'))

export const path = optional(Text('Name of the document, e.g. /docs/launch.'))

export const title = Type.String({ maxLength: 1000 })

export const type = clearable(
  optional(Type.String({ maxLength: 200, description: 'Kind of chunk, e.g. publication; "" or null for none.' })),
)

export const status = clearable(
  optional(Type.String({ maxLength: 200, description: 'Its column on a board; "" or null for none.' })),
)

export const body = emptyCounts(optional(Text('Markdown. [[Title]] or [[id]] links to another chunk.')))

export const fields = optional(
  Type.Record(Type.String(), Type.Unknown(), {
    description: 'Values by name, all of them; checked where the type declares them.',
  }),
)

export const tagList = (description?: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100, ...(description ? { description } : {}) })

export const tags = optional(tagList())

export const position = optional(
  Type.Integer({ minimum: 0, maximum: 1e12, description: 'Place among the siblings, from 0.' }),
)

export const after_id = optional(Text('Sibling it comes right after.'))

export const before_id = optional(Text('Sibling it comes right before.'))

export const rank = optional(
  Text('Its place among the chunks of the document that have its status; compared character by character.'),
)

export const revision = Type.Integer({
  minimum: 1,
  description: 'The revision you have read; refused where it is no longer current.',
})

export const since = (description: string) => optional(Type.Integer({ minimum: 0, description }))

export const limit = (maximum: number, fallback: number) =>
  optional(Type.Integer({ minimum: 1, maximum, default: fallback }))

export const not_started = optional(
  Type.Array(object('NotStarted', { agent: Text(), reason: Text() }), {
    description: 'Of a comment that was just written: whom it mentions and nobody starts, and why.',
  }),
)

export const Ok = { ok: Bool() }

export const include_comments = optional(Bool('What was said about cards, as well.'))

export const documentRef = { id: optional(Text('Of the document.')), path }

export const newChunk = {
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
