import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { boardFormats } from '@loomcycle/proto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inOneGo } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { checkFields, fieldChecks } from '../../chunks/field-kinds.ts'
import { inCycles } from '../cycles.ts'
import { type BoardFile, readBoard } from './read-board.ts'
import type { BoardFormat } from './recognise.ts'
import { toBoardDrafts } from './to-drafts.ts'

const fixtures = join(import.meta.dirname, '../../../../../../../fixtures/boards')
const files = ['trello.json', 'linear.csv', 'github-projects.tsv', 'vibe-kanban/issues.csv', 'focalboard.jsonl']
const texts = [...files, 'obsidian-kanban.md', 'plain.csv'].map((name) => readFileSync(join(fixtures, name), 'utf8'))

async function draftsOf(format: BoardFormat | undefined, given: readonly BoardFile[], archived = false) {
  const wish = { format, files: given, board: undefined, titleColumn: undefined, statusColumn: undefined, archived }
  const read = await readBoard(wish)
  return inOneGo(toBoardDrafts(read.board, 'Board', read.format))
}

/** It is refused in words, or all of it fits what it says itself. */
async function expectReadOrRefused(...given: Parameters<typeof draftsOf>) {
  try {
    const { drafts, edges, type, columns } = await draftsOf(...given)
    const ids = new Set(drafts.map(({ id }) => id))
    const checks = fieldChecks(type.name, type.fields)
    const statuses = new Set(columns.map(({ status }) => status))
    expect(statuses.size).toBe(columns.length)
    for (const draft of drafts) {
      expect(draft.parent_id === '' || ids.has(draft.parent_id)).toBe(true)
      expect(draft.title).not.toMatch(/^\s*$|[\r\n]/)
      if (draft.type !== type.name) continue
      checkFields(checks, draft.fields ?? {})
      expect(draft.status === '' || statuses.has(draft.status!)).toBe(true)
    }
    expect(ids.size).toBe(drafts.length)
    const keys = drafts.flatMap(({ natural_key }) => natural_key ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    const parents = new Map(drafts.map(({ id = '', parent_id }) => [id, parent_id]))
    expect(inOneGo(inCycles(parents))).toEqual(new Set())
    for (const { from_id, to_id } of edges) expect(ids.has(from_id) && ids.has(to_id)).toBe(true)
  } catch (error) {
    expect(error).toBeInstanceOf(ToolError)
  }
}

const format = fc.option(fc.constantFrom(...boardFormats), { nil: undefined })
const words = fc.constantFrom(
  'a',
  'b',
  'id',
  'title',
  'Done',
  '2026-01-01',
  '7',
  'true',
  '__proto__',
  'constructor',
  '',
  '=1',
)
const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), words)
const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some).toString('utf8'))
const pieces = fc.constantFrom(
  '"',
  ',',
  ';',
  '\t',
  '\n',
  '\r\n',
  '# ',
  '## a',
  '- [ ] ',
  '[x]',
  '{',
  '}',
  '%%',
  '***',
  '<br>',
  '@{',
  '[[',
  ':',
)
const text = fc.array(fc.oneof(pieces, words, bytes), { maxLength: 60 }).map((some) => some.join(''))

it('whatever a text says, it is read or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(format, text, fc.boolean(), (as, said, all) =>
      expectReadOrRefused(as, [{ name: '', text: said }], all),
    ),
  )
})

it('whatever is cut out of a file, or put into it, it is read or refused in words', async () => {
  const spoiled = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 200 }), text)
    .map(([whole, at, length, more]) => {
      const from = at % whole.length
      return whole.slice(0, from) + more + whole.slice(from + length)
    })
  await fc.assert(fc.asyncProperty(spoiled, format, (said, as) => expectReadOrRefused(as, [{ name: '', text: said }])))
})

const record = (...keys: string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, junk])), { requiredKeys: [] })
const listOf = (item: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 5, arbitrary: fc.array(item, { maxLength: 4 }) }, junk)

it('whatever a board of Trello says, it is read or refused in words', async () => {
  const card = record(
    'id',
    'name',
    'desc',
    'closed',
    'idList',
    'pos',
    'idLabels',
    'idMembers',
    'due',
    'attachments',
    'customFieldItems',
  )
  const board = fc.record({
    name: junk,
    lists: listOf(record('id', 'name', 'closed', 'pos', 'softLimit')),
    cards: listOf(card),
    labels: listOf(record('id', 'name', 'color')),
    members: listOf(record('id', 'fullName')),
    checklists: listOf(record('idCard', 'name', 'checkItems')),
    customFields: listOf(record('id', 'name', 'type', 'options')),
    actions: listOf(record('type', 'data', 'date', 'memberCreator')),
  })
  const given = board.map((said) => [{ name: '', text: JSON.stringify(said) }])
  await fc.assert(fc.asyncProperty(given, fc.boolean(), (said, all) => expectReadOrRefused('trello', said, all)))
})

it('whatever the lines of an archive say, they are read or refused in words', async () => {
  const block = record('id', 'parentId', 'type', 'title', 'fields', 'createdBy', 'createAt')
  const board = record('id', 'title', 'cardProperties', 'isTemplate').map((data) => ({
    type: 'board',
    data: { id: 'a', ...data },
  }))
  const line = fc.oneof(
    block.map((data) => ({ type: 'block', data })),
    board,
    junk,
  )
  const lines = fc.tuple(board, fc.array(line, { maxLength: 8 })).map(([first, rest]) => [first, ...rest])
  const given = lines.map((all) => [{ name: 'a/board.jsonl', text: all.map((one) => JSON.stringify(one)).join('\n') }])
  await fc.assert(fc.asyncProperty(given, (said) => expectReadOrRefused('focalboard', said)))
})

it('whatever the files of an export say, they are read or refused in words', async () => {
  const names = fc.constantFrom(
    'issues.csv',
    'comments.csv',
    'relationships.csv',
    'pull_requests.csv',
    'tags.csv',
    'a/b.csv',
  )
  const header = fc.constantFrom(
    'Issue ID,Title,Status,Parent Issue',
    'Issue ID,Author,Message',
    'Issue ID,Related Issue ID,Type',
    'Issue ID(s),PR URL,PR Number',
  )
  const cells = fc.array(fc.oneof(fc.constantFrom('a', 'b'), text), { maxLength: 8 }).map((all) => all.join(','))
  const file = fc.record({ name: names, text: fc.tuple(header, cells, cells).map((lines) => lines.join('\n')) })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 4 }), (said) => expectReadOrRefused('vibe_kanban', said)),
  )
})
