import { Type } from 'typebox'
import { FieldPredicate } from './documents/search.ts'
import { Bool, type Of, object, oneOf, optional, Text } from './schema.ts'

/** The type of chunks that hold settings of a board; they stand under the root, and are none of its cards. */
export const boardType = 'loom/board'

/** The natural key of the board itself; every other `board:<name>` is a saved view. */
export const mainBoard = 'board:main'

/** The type of what is said about a card, in chunks under it. */
export const commentType = 'comment'

export const boardColors = ['slate', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink'] as const

const name = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })

const BoardColumn = object('BoardColumn', {
  status: name('Of the cards that stand in it.'),
  title: optional(Type.String({ maxLength: 200, description: 'What it is called; its status unless given.' })),
  color: optional(oneOf(boardColors)),
  limit: optional(Type.Integer({ minimum: 1, description: 'So many cards it takes.' })),
  done: optional(Bool('What stands here is done.')),
  about: optional(Type.String({ maxLength: 2000, description: 'What belongs here, in a sentence.' })),
  agent: optional(name('Started with each card that comes in.')),
  at_once: optional(
    Type.Integer({ minimum: 1, maximum: 100, description: 'So many of its runs at a time; 1 unless given.' }),
  ),
})
export type BoardColumn = Of<typeof BoardColumn>

const grouping = (description: string) =>
  optional(Type.String({ maxLength: 210, pattern: '^(status|type|field:.+)$', description }))

/** '' among the values is having none. */
const oneOrMore = optional(Type.Union([Text(), Type.Array(Text(), { maxItems: 100 })]))

const BoardFilter = object('BoardFilter', {
  status: oneOrMore,
  type: oneOrMore,
  tag: oneOrMore,
  where: optional(Type.Array(FieldPredicate, { maxItems: 20 })),
  edge: optional(Text('A chunk that the card is linked with, or the kind of an edge that it has.')),
})

export const BoardSettings = object(
  'BoardSettings',
  {
    columns: optional(Type.Array(BoardColumn, { maxItems: 100, description: 'In order; those of board:main count.' })),
    types: optional(
      Type.Array(name('A type of chunk.'), { maxItems: 50, description: 'Cards also without a status.' }),
    ),
    show: optional(Type.Array(name('A field.'), { maxItems: 50, description: 'Shown on cards.' })),
    widths: optional(
      Type.Array(Type.String({ maxLength: 210 }), {
        maxItems: 100,
        description: 'Of the columns of a table, in rem: title:22, fields.due:9.',
      }),
    ),
    view: optional(Text('board, outline, table, calendar, graph or page.')),
    group: grouping('What makes the columns: status, type or field:<name>.'),
    lanes: grouping('What makes the rows, likewise.'),
    sort: optional(Text()),
    order: optional(oneOf(['asc', 'desc'])),
    q: optional(Text('Words that occur.')),
    filter: optional(BoardFilter),
    team: optional(Text('Name of the team whose graph says which moves there are.')),
  },
  'The fields of a loom/board chunk: board:main is the board, every other is a saved view of it.',
)
export type BoardSettings = Of<typeof BoardSettings>

export const CommentFields = object(
  'CommentFields',
  {
    reply_to: optional(Text('The comment it answers.')),
    mentions: optional(
      Type.Array(name('An agent or a user.'), { maxItems: 50, description: 'Whom it is for; agents are started.' }),
    ),
    resolved: optional(Bool('What it was about is settled.')),
  },
  'The fields of a comment, a chunk of type comment under its card.',
)
export type CommentFields = Of<typeof CommentFields>
