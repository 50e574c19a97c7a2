import { readJson } from '../../../../ground/json.ts'
import { isJsonTooDeep } from '../../../../ground/json-depth.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { toTitle } from '../../chunks/chunk.ts'
import type { FieldKind, FieldSpec } from '../../chunks/field-kinds.ts'
import { isUrl } from '../../chunks/field-kinds.ts'
import { isMembers } from '../content-said.ts'
import { type BoardColor, type BoardRead, type CardRead, type CommentRead, LeftOut, ofNoKind } from './board-read.ts'
import { toMoment, toNumber } from './cells.ts'
import { isDone, Statuses } from './columns.ts'
import { mostFields, requireFew, requireFewColumns } from './limits.ts'
import { listIn, membersIn, numberIn, textIn, textsIn } from './said.ts'
import { freeName } from './trello.ts'

type Said = Record<string, unknown>

/** The lines of a `board.jsonl`: a board with its blocks, or several. */
export function* readFocalboard(text: string, wanted: string | undefined): Generator<unknown, BoardRead> {
  const boards: Said[] = []
  const blocks: Said[] = []
  for (const line of linesOf(text)) {
    yield
    const said = readLine(line)
    const data = membersIn(said, 'data')
    const type = textIn(said, 'type')
    if (type === 'board' || (type === 'block' && textIn(data, 'type') === 'board')) boards.push(asBoard(data))
    else if (type === 'block') blocks.push(data)
  }
  const named = boards.filter((board) => board.isTemplate !== true)
  const board = wanted === undefined ? named[0] : named.find((one) => titleOf(one) === wanted)
  if (!board) throw new ToolError(noBoard(named.map(titleOf), wanted))
  return yield* toBoard(board, named, blocks)
}

function noBoard(titles: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined) return 'there is no board in the archive'
  return `there is no board "${wanted.slice(0, 100)}" in the archive; there are ${titles.join(', ').slice(0, 1000)}`
}

function* linesOf(text: string) {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? undefined : end).trim()
    if (line !== '') yield line
    from = end < 0 ? text.length : end + 1
  }
}

function readLine(line: string): Said {
  if (isJsonTooDeep(line)) throw new ToolError('a line of the archive is nested too deeply')
  try {
    const said = readJson(line)
    return isMembers(said) ? said : {}
  } catch (error) {
    throw new ToolError(`a line of the archive is not JSON: ${(error as Error).message}`)
  }
}

/** In the first version of archives a board is a block, and what it has is in its fields. */
function asBoard(data: Said): Said {
  return { ...membersIn(data, 'fields'), ...data }
}

function titleOf(board: Said): string {
  return toTitle(textIn(board, 'title'))
}

interface Property {
  id: string
  type: string
  name: string
  spec: FieldSpec
  options: Map<string, { value: string; color: string }>
}

function* toBoard(board: Said, boards: readonly Said[], blocks: readonly Said[]): Generator<unknown, BoardRead> {
  const leftOut = new LeftOut()
  leftOut.add('other boards of the archive', 'each is imported by its name', boards.length - 1)
  const properties = propertiesOf(board)
  const byParent = Map.groupBy(blocks, (block) => textIn(block, 'parentId'))
  const own = byParent.get(textIn(board, 'id')) ?? []
  const view = membersIn(own.find(isBoardView) ?? {}, 'fields')
  const columnsBy = groupingOf(properties, textIn(view, 'groupById'))
  const columns = columnsOf(columnsBy, textsIn(view, 'visibleOptionIds'))
  const statusOf = new Map(columns.map(({ id, status }) => [id, status]))
  const rest = properties.filter((property) => property !== columnsBy)
  const cards: CardRead[] = []
  for (const block of inOrder(own, textsIn(view, 'cardOrder'))) {
    yield
    if (textIn(block, 'type') !== 'card') {
      leftOut.add('saved views', 'make them anew on the board', textIn(block, 'type') === 'view' ? 1 : 0)
      continue
    }
    const fields = membersIn(block, 'fields')
    if (fields.isTemplate === true) {
      leftOut.add('templates of cards', 'there are no templates')
      continue
    }
    const said = membersIn(fields, 'properties')
    const key = textIn(block, 'id')
    cards.push({
      key,
      title: toTitle(`${textIn(fields, 'icon')} ${textIn(block, 'title')}`),
      body: bodyOf(fields, byParent.get(key) ?? [], leftOut),
      status: columnsBy ? (statusOf.get(textIn(said, columnsBy.id)) ?? '') : '',
      fields: Object.fromEntries(rest.filter(isField).flatMap((property) => valueIn(property, said, leftOut))),
      tags: rest
        .filter(({ type }) => type === 'multiSelect')
        .flatMap(({ id, options }) => textsIn(said, id).flatMap((option) => options.get(option)?.value ?? [])),
      comments: commentsIn(byParent.get(key) ?? []),
    })
  }
  leftOut.mention('members of the board and their rights', 'they belong to Focalboard')
  return {
    title: titleOf(board),
    about: textIn(board, 'description'),
    columns: columns.map(({ id: _, ...column }) => column),
    fields: rest.filter(isField).map(({ spec }) => spec),
    cards,
    links: [],
    leftOut,
    ...(boards.length > 1 ? { boards: boards.map(titleOf) } : {}),
  }
}

function isBoardView(block: Said): boolean {
  return textIn(block, 'type') === 'view' && textIn(membersIn(block, 'fields'), 'viewType') === 'board'
}

/** What its view says makes the columns, or else what is called like that, or the first choice there is. */
function groupingOf(properties: readonly Property[], id: string): Property | undefined {
  const choices = properties.filter(({ type }) => type === 'select')
  return (
    choices.find((property) => property.id === id) ??
    choices.find(({ name }) => /^(?:status|state|stage)$/i.test(name)) ??
    choices[0]
  )
}

function columnsOf(property: Property | undefined, visible: readonly string[]) {
  const options = [...(property?.options ?? [])].flatMap(([id, option]) =>
    option.value === '' ? [] : { id, ...option },
  )
  requireFewColumns(options.length)
  const statuses = new Statuses()
  return inOrder(options, visible).map(({ id, value, color }) => ({
    id,
    title: value,
    status: statuses.next(value),
    ...(Object.hasOwn(colors, color) ? { color: colors[color]! } : {}),
    ...(isDone(value) ? { done: true } : {}),
  }))
}

/** Those that are named first, and as they are named. */
function inOrder<T extends { id?: unknown }>(items: readonly T[], ids: readonly unknown[]): T[] {
  const places = new Map(ids.map((id, i) => [id, i]))
  const placeOf = ({ id }: T) => places.get(id) ?? places.size
  return items.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const kinds: Record<string, FieldKind> = {
  number: 'number',
  select: 'select',
  date: 'date',
  person: 'person',
  checkbox: 'checkbox',
  url: 'url',
}
/** Who made a card and when is not a field: a card has it by itself. */
const byItself = ['createdTime', 'createdBy', 'updatedTime', 'updatedBy', 'multiSelect']

function isField({ type }: Property): boolean {
  return !byItself.includes(type)
}

const colors: Partial<Record<string, BoardColor>> = {
  propColorGray: 'slate',
  propColorBlue: 'blue',
  propColorGreen: 'green',
  propColorYellow: 'amber',
  propColorOrange: 'amber',
  propColorBrown: 'amber',
  propColorRed: 'red',
  propColorPurple: 'violet',
  propColorPink: 'pink',
}

function propertiesOf(board: Said): Property[] {
  const taken = new Set<string>()
  const said = listIn(board, 'cardProperties')
  requireFew(said.length, mostFields, 'properties')
  return said.map((property) => {
    const type = textIn(property, 'type')
    const name = freeName(toTitle(textIn(property, 'name')) || 'field', taken)
    const options = new Map(
      listIn(property, 'options').map((option) => [
        textIn(option, 'id'),
        { value: toTitle(textIn(option, 'value')), color: textIn(option, 'color') },
      ]),
    )
    const values = [...new Set([...options.values()].map(({ value }) => value))]
    const known = Object.hasOwn(kinds, type) ? kinds[type]! : 'text'
    const kind = known === 'select' && values.length === 0 ? 'text' : known
    return {
      id: textIn(property, 'id'),
      type,
      name,
      options,
      spec: { name, required: false, kind, ...(kind === 'select' ? { options: values } : {}) },
    }
  })
}

function valueIn({ id, spec, options, type }: Property, said: Said, leftOut: LeftOut): [string, unknown][] {
  const text = textIn(said, id)
  if (text === '') return []
  if (type === 'file') {
    leftOut.add('attached files', 'only their names are in the archive’s lines')
    return []
  }
  const value = asKind(spec.kind, text, options)
  if (value === undefined) leftOut.add(`values of “${spec.name}”`, ofNoKind)
  return value === undefined ? [] : [[spec.name, value]]
}

function asKind(kind: FieldKind, text: string, options: Property['options']): unknown {
  switch (kind) {
    case 'select':
      return options.get(text)?.value
    case 'number':
      return toNumber(text)
    case 'date':
      return dateIn(text)
    case 'checkbox':
      return text === 'true'
    case 'url':
      return isUrl(text) ? text : undefined
    default:
      return text
  }
}

/** `{"from":1700000000000}`, or the number alone. */
function dateIn(text: string): string | undefined {
  try {
    const said = readJson(text)
    return toMoment(isMembers(said) ? numberIn(said, 'from') : said)
  } catch {
    return undefined
  }
}

/** Its blocks in the order that the card says. */
function bodyOf(fields: Said, blocks: readonly Said[], leftOut: LeftOut): string {
  const order = Array.isArray(fields.contentOrder) ? fields.contentOrder.flat() : []
  const parts: string[] = []
  for (const block of inOrder(blocks, order)) {
    const part = partOf(block, leftOut)
    if (part === '') continue
    const together = part.startsWith('- [') && parts.at(-1)?.startsWith('- [')
    if (together) parts.push(`${parts.pop()}\n${part}`)
    else parts.push(part)
  }
  return parts.join('\n\n')
}

function partOf(block: Said, leftOut: LeftOut): string {
  const text = textIn(block, 'title')
  switch (textIn(block, 'type')) {
    case 'text':
      return text
    case 'h1':
    case 'h2':
    case 'h3':
      return text === '' ? '' : `**${toTitle(text)}**`
    case 'quote':
      return text.replace(/^/gm, '> ')
    case 'checkbox':
      return `- [${membersIn(block, 'fields').value === true ? 'x' : ' '}] ${toTitle(text)}`
    case 'list-item':
      return `- ${toTitle(text)}`
    case 'divider':
      return '---'
    case 'image':
    case 'attachment':
    case 'video':
      leftOut.add('pictures and attached files', 'they are not part of the archive’s lines')
      return ''
    default:
      return ''
  }
}

function commentsIn(blocks: readonly Said[]): CommentRead[] {
  return blocks
    .filter((block) => textIn(block, 'type') === 'comment')
    .sort((a, b) => (numberIn(a, 'createAt') ?? 0) - (numberIn(b, 'createAt') ?? 0))
    .map((block) => ({
      author: toTitle(textIn(block, 'createdBy')),
      at: toMoment(numberIn(block, 'createAt')) ?? '',
      body: textIn(block, 'title'),
    }))
}
