import type { Mutation } from './mutation.ts'

const documents = 'apps/runtime/src/areas/documents'
const columns = [`${documents}/chunks/columns.test.ts`]
const limits = [`${documents}/board/board.test.ts`]

/** Cards: their order, what a board allows, who is started by them. */
export const board: Mutation[] = [
  {
    name: 'board/neighbour-that-left-decides',
    file: `${documents}/store/ranks.ts`,
    find: '.where((e) => e.and({ id, document_id, status }))',
    replacement: '.where((e) => e.and({ id, document_id }))',
    tests: columns,
  },
  {
    name: 'board/same-rank-in-another-column-not-noted',
    file: `${documents}/chunks/change-chunk.ts`,
    find: 'isNewColumn || rank !== chunk.rank',
    replacement: 'rank !== chunk.rank',
    tests: columns,
  },
  {
    name: 'board/undone-onto-another-card',
    file: `${documents}/chunks/rank.ts`,
    find: '(await hasRank(tx, column, rank))',
    replacement: '((await hasRank(tx, column, rank)) && false)',
    tests: columns,
  },
  {
    name: 'board/what-is-there-is-moved',
    file: `${documents}/chunks/rank.ts`,
    find: 'return isThere ? rank',
    replacement: 'return isThere && from === to ? rank',
    tests: columns,
  },
  {
    name: 'board/cards-ranked-level-by-level',
    file: 'apps/runtime/src/ground/db/migrations/029-ranks.ts',
    find: 'order by 5 desc, 6, 7',
    replacement: 'order by 5, 6, 7',
    tests: ['apps/runtime/src/ground/db/migrator.test.ts'],
  },
  {
    name: 'board/one-card-too-many',
    file: `${documents}/board/enter-column.ts`,
    find: 'count.cards >= column.limit',
    replacement: 'count.cards > column.limit',
    tests: limits,
  },
  {
    name: 'board/comments-take-places',
    file: `${documents}/store/board.ts`,
    find: ".where('type', '<>', commentType)",
    replacement: '',
    tests: limits,
  },
  {
    name: 'board/limits-of-any-view',
    file: `${documents}/store/ranks.ts`,
    find: 'b.natural_key = ${mainBoard}',
    replacement: "b.natural_key like 'board:%'",
    tests: limits,
  },
  {
    name: 'board/settings-not-checked',
    file: `${documents}/chunks/fields.ts`,
    find: 'if (type === boardType)',
    replacement: "if (type === '')",
    tests: limits,
  },
]
