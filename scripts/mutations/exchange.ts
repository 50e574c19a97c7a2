import type { Mutation } from './mutation.ts'

const source = 'apps/runtime/src/areas/documents/exchange'
const boards = `${source}/boards`
const imports = [`${boards}/import-board.test.ts`]

/** What comes in from other programs, and goes out to them. */
export const exchange: Mutation[] = [
  {
    name: 'exchange/formulas-run-by-spreadsheets',
    file: `${boards}/csv-row.ts`,
    find: 'const formula = /^[=+\\-@\\t\\r]/',
    replacement: 'const formula = /^[=+@\\t\\r]/',
    tests: [`${boards}/to-csv.test.ts`],
  },
  {
    name: 'exchange/previews-that-make-documents',
    file: 'apps/runtime/src/areas/documents/ops/exchange/import-board.ts',
    find: 'if (preview) {',
    replacement: 'if (preview && scope) {',
    tests: imports,
  },
  {
    name: 'exchange/left-out-in-silence',
    file: `${boards}/board-read.ts`,
    find: 'else this.#notes.set(what, { what, why, count })',
    replacement: 'else if (count > 1) this.#notes.set(what, { what, why, count })',
    tests: imports,
  },
  {
    name: 'exchange/cards-with-one-key-are-one',
    file: `${boards}/to-drafts.ts`,
    find: 'seated.push({ card, id: newDocumentId(), isFirst: !keys.has(card.key) })',
    replacement: 'seated.push({ card, id: newDocumentId(), isFirst: true })',
    tests: [`${boards}/hostile.test.ts`],
  },
  {
    name: 'exchange/parents-in-circles',
    file: `${boards}/to-drafts.ts`,
    find: 'isFirst && lost.has(card.key)',
    replacement: 'isFirst && lost.has(card.title)',
    tests: [`${boards}/hostile.test.ts`],
  },
  {
    name: 'exchange/types-of-others-decide',
    file: 'apps/runtime/src/areas/documents/create-document.ts',
    find: '!ownTypes.has(type)',
    replacement: '!ownTypes.has(type.toUpperCase())',
    tests: imports,
  },
  {
    name: 'exchange/archived-cards-come-unasked',
    file: `${boards}/trello.ts`,
    find: '(card.closed === true && !archived)',
    replacement: '(card.closed === true && archived)',
    tests: imports,
  },
  {
    name: 'exchange/ranks-of-others-taken-as-they-are',
    file: `${source}/markdown/places.ts`,
    find: 'draft.rank = ranks[i]!',
    replacement: 'draft.rank = saidRank(draft) ?? ranks[i]!',
    tests: [`${source}/exchange.test.ts`],
  },
  {
    name: 'exchange/comments-go-out-unasked',
    file: 'apps/runtime/src/areas/documents/ops/exchange/export-md.ts',
    find: 'include_comments = false',
    replacement: 'include_comments = true',
    tests: [`${source}/exchange.test.ts`],
  },
  {
    name: 'exchange/plan-late-from-its-first-day',
    file: 'apps/runtime/src/areas/sample/dates.ts',
    find: 'Math.floor((now - writtenFor) / weekMs)',
    replacement: 'Math.floor((now - writtenFor) / weekMs - 1)',
    tests: ['apps/runtime/src/areas/sample/add-sample.test.ts'],
  },
  {
    name: 'exchange/drafts-of-another-card',
    file: 'apps/runtime/src/models/providers/scripted/launch/drafter.ts',
    find: 'if (id) conditions.push',
    replacement: 'if (id && until) conditions.push',
    tests: ['apps/runtime/test/sample.test.ts'],
  },
  {
    name: 'exchange/archives-read-as-texts',
    file: 'apps/loomboard/src/features/documents/importing/board-file.ts',
    find: 'bytes[0] === 0x50 && bytes[1] === 0x4b',
    replacement: 'bytes[0] === 0x50 && bytes[1] === 0x50',
    tests: ['apps/loomboard/src/features/documents/importing/board-file.test.ts'],
  },
  {
    name: 'exchange/templates-are-boards',
    file: `${boards}/focalboard.ts`,
    find: 'board.isTemplate !== true',
    replacement: 'board.isTemplate !== 1',
    tests: [`${boards}/import-board.test.ts`],
  },
  {
    name: 'exchange/comments-go-with-their-cards-in-silence',
    file: `${boards}/trello.ts`,
    find: 'if (!taken.has(key)) leftOut.add(',
    replacement: 'if (taken.size < 0) leftOut.add(',
    tests: [`${boards}/import-board.test.ts`],
  },
]
