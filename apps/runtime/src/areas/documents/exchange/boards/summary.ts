import type { BoardRead } from './board-read.ts'
import type { BoardDrafts } from './to-drafts.ts'

/** What a board becomes, in numbers. */
export function* summaryOf({ cards, leftOut, boards, table }: BoardRead, made: BoardDrafts) {
  const counts = new Map<string, number>()
  for (const { status } of cards) {
    yield
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return {
    columns: made.columns.map(({ status, title }) => ({ status, title, cards: counts.get(status) ?? 0 })),
    fields: made.type.fields.map(({ name, kind }) => ({ name, kind })),
    cards: made.cards,
    comments: made.comments,
    edges: made.edges.length,
    without_column: counts.get('') ?? 0,
    left_out: leftOut.notes,
    ...(boards ? { boards } : {}),
    ...(table
      ? {
          table: {
            header: table.header,
            title: table.title,
            ...(table.status === undefined ? {} : { status: table.status }),
          },
        }
      : {}),
  }
}
