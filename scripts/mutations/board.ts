import type { Mutation } from './mutation.ts'

const documents = 'apps/runtime/src/areas/documents'
const columns = [`${documents}/chunks/columns.test.ts`]
const cards = 'apps/runtime/src/areas/cards'
const agents = ['apps/runtime/test/cards.test.ts']
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
    name: 'board/limit-passed-by-one',
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
    find: 'b.natural_key = ${mainBoard',
    replacement: 'b.natural_key <> ${mainBoard',
    tests: limits,
  },
  {
    name: 'board/settings-not-checked',
    file: `${documents}/chunks/fields.ts`,
    find: 'if (type === boardType)',
    replacement: "if (type === '')",
    tests: limits,
  },
  {
    name: 'board/started-after-it-left',
    file: `${cards}/start.ts`,
    find: 'card.status !== row.status',
    replacement: 'false',
    tests: agents,
  },
  {
    name: 'board/agents-start-one-another-for-ever',
    file: `${cards}/start.ts`,
    find: 'if (roomForRuns(use, own) === 0)',
    replacement: 'if (roomForRuns(use, own) < 0)',
    tests: agents,
  },
  {
    name: 'board/mentioned-again-by-a-change',
    file: `${documents}/board/mentions.ts`,
    find: '!before.includes(name) && ',
    replacement: '',
    tests: agents,
  },
  {
    name: 'board/card-trusted-like-its-reader',
    file: `${cards}/task.ts`,
    find: "return { type: 'untrusted-block', kind: 'untrusted', text }",
    replacement: "return { type: 'trusted-text', text }",
    tests: agents,
  },
  {
    name: 'board/agents-of-cards-live-by-listeners',
    file: 'apps/runtime/src/engine/work/callers.ts',
    find: ' && !options.unattended',
    replacement: '',
    tests: agents,
  },
  {
    name: 'board/present-for-ever',
    file: `${documents}/presence.ts`,
    find: 'if (until <= now)',
    replacement: 'if (until < 0)',
    tests: [`${documents}/presence.test.ts`],
  },
]
