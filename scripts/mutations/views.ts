import type { Mutation } from './mutation.ts'

const documents = 'apps/loomboard/src/features/documents'
const filter = `${documents}/model/filter`
const views = `${documents}/views`

/** What is filtered, saved, and changed of a document, whichever view one looks at. */
export const documentViews: Mutation[] = [
  {
    name: 'views/done-is-overdue',
    file: `${filter}/predicates.ts`,
    find: 'return !done && (typeof value',
    replacement: 'return (typeof value',
    tests: [filter],
  },
  {
    name: 'views/box-without-a-tick-says-nothing',
    file: `${filter}/predicates.ts`,
    find: "const isSet = value !== null && value !== '' && !(kind === 'checkbox' && value === false)",
    replacement: "const isSet = value !== null && value !== ''",
    tests: [filter],
  },
  {
    name: 'views/chunk-linked-with-itself',
    file: `${filter}/filter-chunks.ts`,
    find: 'if (isOne) linked.delete(edge)',
    replacement: '',
    tests: [filter],
  },
  {
    name: 'views/unfinished-condition-hides-everything',
    file: `${documents}/model/filter.ts`,
    find: 'where: where.filter((predicate) => !isUnfinished(predicate)),',
    replacement: 'where,',
    tests: [`${documents}/model/filter.test.ts`],
  },
  {
    name: 'views/what-a-saved-view-no-longer-holds-comes-back',
    file: `${documents}/model/filter.ts`,
    find: "if (value !== undefined && (value !== '' || keepsEmpty)) given.push([name, value])",
    replacement: "if (value !== undefined && value !== '') given.push([name, value])",
    tests: [`${documents}/model/saved-views.test.ts`, `${documents}/model/filter.test.ts`],
  },
  {
    name: 'views/name-of-another-view',
    file: `${documents}/model/saved-views.ts`,
    find: 'for (let n = 2; names.has(name); n++)',
    replacement: 'for (let n = 2; n < 2; n++)',
    tests: [`${documents}/model/saved-views.test.ts`],
  },
  {
    name: 'views/what-has-no-value-comes-first-downwards',
    file: `${documents}/model/sort.ts`,
    find: 'if (a.value === undefined || b.value === undefined) {',
    replacement: "if (order === 'asc' && (a.value === undefined || b.value === undefined)) {",
    tests: [`${documents}/model/sort.test.ts`],
  },
  {
    name: 'views/range-forgets-what-was-selected',
    file: `${documents}/selection/selection.ts`,
    find: 'return { ids: new Set([...selection.ids, ...range]), anchor: order[start]! }',
    replacement: 'return { ids: new Set(range), anchor: order[start]! }',
    tests: [`${documents}/selection`],
  },
  {
    name: 'views/hour-lost-on-another-day',
    file: `${views}/calendar/schedule.ts`,
    find: 'if (Number.isNaN(time)) return day',
    replacement: 'if (!Number.isNaN(time) || true) return day',
    tests: [`${views}/calendar/schedule.test.ts`],
  },
  {
    name: 'views/day-that-does-not-exist',
    file: `${views}/table/typed-value.ts`,
    find: 'return whenOf(trimmed) && isRealDay(trimmed)',
    replacement: 'return whenOf(trimmed)',
    tests: [`${views}/table/table.test.ts`],
  },
  {
    name: 'views/picture-depends-on-the-order-of-links',
    file: `${views}/graph/choose.ts`,
    find: ' || (a < b ? -1 : 1),',
    replacement: ',',
    tests: [`${views}/graph/choose.test.ts`],
  },
  {
    name: 'views/names-lie-on-one-another',
    file: `${views}/graph/layout.ts`,
    find: '  makeRoom(points)\n',
    replacement: '',
    tests: [`${views}/graph/layout.test.ts`],
  },
  {
    name: 'views/bulk-undone-over-others',
    file: `${documents}/writing/document-writer.ts`,
    find: 'const back = known && takenBack(known, part.before, part.after)',
    replacement: 'const back = known && part.before',
    tests: [`${documents}/writing/bulk.test.ts`],
  },
  {
    name: 'views/bulk-asks-for-everything-at-once',
    file: `${documents}/writing/at-most.ts`,
    find: 'if (running >= most) await',
    replacement: 'if (running < 0) await',
    tests: [`${documents}/writing/bulk.test.ts`],
  },
  {
    name: 'views/branch-deleted-twice',
    file: `${documents}/writing/structure.ts`,
    find: 'const ids = this.tops(all).filter(',
    replacement: 'const ids = [...all].filter(',
    tests: [`${documents}/writing/bulk.test.ts`],
  },
]
