import { ToolError } from '../../../../ground/tool-error.ts'
import { toTitle } from '../../chunks/chunk.ts'
import type { FieldSpec } from '../../chunks/field-kinds.ts'
import { type BoardRead, type CardRead, LeftOut, type LinkRead } from './board-read.ts'
import { asKind, KindGuess } from './cells.ts'
import { inOrderOfWork, isDone, Statuses } from './columns.ts'
import type { Table } from './csv.ts'
import { type Layout, type Role, small } from './layouts.ts'
import { mostColumns } from './limits.ts'

interface Column {
  at: number
  name: string
  role: Role
}

type FieldColumn = Column & { role: { as: 'field'; name: string }; guess: KindGuess }

const personal = /^(?:owner|lead|author|reporter|reviewers?|creator|created by|assignees?)$/i

/** A card for every row, in columns by their status. What nothing is said about becomes a field of the column's name. */
export function* fromTable({ header, rows }: Table, layout: Layout): Generator<unknown, BoardRead> {
  const columns = header.map((name, at): Column => ({ at, name, role: roleOf(name, layout) }))
  const byRole = Map.groupBy(columns, ({ role }) => role.as)
  const of = (as: Role['as']) => byRole.get(as) ?? []
  const fieldColumns = columns.filter(isField).map((column) => ({ ...column, guess: new KindGuess() }))
  const leftOut = new LeftOut()
  const titles = new Set<string>()
  const [statusColumn] = of('status')
  for (const row of rows) {
    yield
    for (const { at, guess } of fieldColumns) if (cell(row, at) !== '') guess.see(cell(row, at))
    for (const { at, name, role } of of('nothing')) {
      if (cell(row, at) !== '' && role.as === 'nothing') leftOut.add(`the column “${name}”`, role.why)
    }
    if (statusColumn && cell(row, statusColumn.at) !== '') titles.add(toTitle(cell(row, statusColumn.at)))
  }
  if (titles.size > mostColumns) throw new ToolError(tooManyValues(statusColumn!.name, titles.size))
  const statuses = new Statuses()
  const boardColumns = inOrderOfWork([...titles]).map((title) => ({
    title,
    status: statuses.next(title),
    ...(isDone(title) ? { done: true } : {}),
  }))
  const statusOf = new Map(boardColumns.map(({ title, status }) => [title, status]))
  const specs = fieldColumns.map(specOf)
  const cards: CardRead[] = []
  const links: LinkRead[] = []
  const keys = new Set<string>()
  for (const [i, row] of rows.entries()) {
    yield
    if (row.every((value) => value.trim() === '')) continue
    const first = (as: Role['as']) =>
      of(as)
        .map(({ at }) => cell(row, at))
        .find((text) => text !== '') ?? ''
    const given = first('key')
    const key = given === '' || keys.has(given) ? `row ${i + 1}` : given
    keys.add(key)
    const people = of('people').flatMap(({ at }) => split(cell(row, at)))
    const parent = first('parent')
    cards.push({
      key,
      title: toTitle(first('title')),
      body: first('body'),
      status: statusOf.get(toTitle(first('status'))) ?? '',
      ...(parent === '' ? {} : { parent }),
      fields: { ...(given === '' ? {} : { id: given }), ...peopleIn(people), ...valuesIn(row, fieldColumns, specs) },
      tags: of('tags').flatMap(({ at }) => split(cell(row, at))),
      comments: [],
    })
    for (const { at, role } of of('links')) {
      for (const to of split(cell(row, at))) if (role.as === 'links') links.push({ from: key, to, kind: role.kind })
    }
  }
  return {
    title: '',
    about: '',
    columns: boardColumns,
    fields: [...ownSpecs(of), ...specs],
    cards,
    links,
    leftOut,
    table: { header, title: of('title')[0]?.name ?? '', status: statusColumn?.name },
  }
}

function tooManyValues(name: string, values: number): string {
  return `the column "${name}" has ${values} different values, and a board has at most ${mostColumns} columns; name another one as status_column`
}

function roleOf(name: string, layout: Layout): Role {
  return layout.get(small(name)) ?? { as: 'field', name, ...(personal.test(name) ? { person: true } : {}) }
}

function isField(column: Column): column is Column & { role: { as: 'field'; name: string } } {
  return column.role.as === 'field'
}

function specOf({ role, guess }: FieldColumn & { role: { person?: boolean } }): FieldSpec {
  return { name: role.name, required: false, ...(role.person ? { kind: 'person' } : guess.kind) }
}

/** Of fields that no single column of the table is. */
function ownSpecs(of: (as: Role['as']) => Column[]): FieldSpec[] {
  const people = of('people').length > 0
  return [
    ...(of('key').length > 0 ? [{ name: 'id', kind: 'text', required: false } as const] : []),
    ...(people ? [{ name: 'assignee', kind: 'person', required: false } as const] : []),
    ...(people ? [{ name: 'assignees', kind: 'text', required: false } as const] : []),
  ]
}

function valuesIn(row: readonly string[], columns: readonly Column[], specs: readonly FieldSpec[]) {
  const values = columns.map(({ at }, i): [string, unknown] => {
    const text = cell(row, at)
    return [specs[i]!.name, text === '' ? undefined : asKind(specs[i]!.kind, text)]
  })
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** One field names one person; where there are more, all of them are in a second one. */
export function peopleIn(people: readonly string[]): Record<string, unknown> {
  if (people.length === 0) return {}
  return { assignee: people[0], ...(people.length > 1 ? { assignees: people.join(', ') } : {}) }
}

function cell(row: readonly string[], at: number): string {
  return row[at]?.trim() ?? ''
}

export function split(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
