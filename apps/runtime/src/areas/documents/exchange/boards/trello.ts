import { toTitle } from '../../chunks/chunk.ts'
import { type FieldKind, type FieldSpec, isUrl } from '../../chunks/field-kinds.ts'
import { type BoardRead, type CardRead, type ColumnRead, type CommentRead, LeftOut, ofNoKind } from './board-read.ts'
import { toDate, toNumber } from './cells.ts'
import { isDone, Statuses } from './columns.ts'
import { peopleIn } from './from-table.ts'
import { requireFewColumns } from './limits.ts'
import { listIn, membersIn, numberIn, textIn, textsIn } from './said.ts'

type Said = Record<string, unknown>

/** So many actions are in a file, the latest. */
const mostActions = 1000

/** What a board's menu exports as JSON. */
export function* readTrello(said: Said, { archived }: { archived: boolean }): Generator<unknown, BoardRead> {
  const leftOut = new LeftOut()
  const lists = listIn(said, 'lists').sort(byPlace)
  const shown = lists.filter((list) => archived || list.closed !== true)
  leftOut.add('archived columns', putAway, lists.length - shown.length)
  requireFewColumns(shown.length)
  const statuses = new Statuses()
  const columnOf = new Map<string, ColumnRead>()
  for (const list of shown) {
    const title = toTitle(textIn(list, 'name'))
    const limit = numberIn(list, 'softLimit')
    columnOf.set(textIn(list, 'id'), {
      title,
      status: statuses.next(title),
      ...(Number.isSafeInteger(limit) && limit! > 0 ? { limit: limit! } : {}),
      ...(isDone(title) ? { done: true } : {}),
    })
  }
  const members = new Map(listIn(said, 'members').map((member) => [textIn(member, 'id'), nameOf(member)]))
  const labels = new Map(listIn(said, 'labels').map((label) => [textIn(label, 'id'), labelOf(label)]))
  const checklists = Map.groupBy(listIn(said, 'checklists').sort(byPlace), (list) => textIn(list, 'idCard'))
  const comments = yield* commentsIn(said, leftOut)
  const custom = customFieldsOf(said)
  const cards: CardRead[] = []
  for (const card of listIn(said, 'cards').sort(byPlace)) {
    yield
    const column = columnOf.get(textIn(card, 'idList'))
    if ((card.closed === true && !archived) || (!column && !archived)) {
      leftOut.add('archived cards', putAway)
      continue
    }
    const key = textIn(card, 'id')
    noteWhatStays(card, leftOut)
    const tags = textsIn(card, 'idLabels').map((id) => labels.get(id) ?? '')
    const said = tags.length > 0 ? tags : listIn(card, 'labels').map(labelOf)
    cards.push({
      key,
      title: toTitle(textIn(card, 'name')),
      body: bodyOf(card, checklists.get(key) ?? [], members),
      status: column?.status ?? '',
      fields: {
        ...datesOf(card, leftOut),
        ...peopleIn(textsIn(card, 'idMembers').flatMap((id) => members.get(id) ?? [])),
        ...urlOf(card),
        ...custom.valuesOf(card, leftOut),
      },
      tags: said,
      comments: comments.get(key) ?? [],
    })
  }
  const taken = new Set(cards.map(({ key }) => key))
  for (const [key, { length }] of comments) {
    if (!taken.has(key)) leftOut.add('comments on cards that are left out', 'they go with their cards', length)
  }
  leftOut.mention('the look of the board, its members and power-ups', 'they belong to Trello')
  return {
    title: toTitle(textIn(said, 'name')),
    about: textIn(said, 'desc'),
    columns: [...columnOf.values()],
    fields: [...builtIn, ...custom.specs],
    cards,
    links: [],
    leftOut,
  }
}

const putAway = 'they were put away; ask for them to have them, too'

const builtIn: FieldSpec[] = [
  { name: 'start', kind: 'date', required: false },
  { name: 'due', kind: 'date', required: false },
  { name: 'due complete', kind: 'checkbox', required: false },
  { name: 'assignee', kind: 'person', required: false },
  { name: 'assignees', kind: 'text', required: false },
  { name: 'url', kind: 'url', required: false },
]

function byPlace(a: Said, b: Said): number {
  return (numberIn(a, 'pos') ?? 0) - (numberIn(b, 'pos') ?? 0)
}

function nameOf(member: Said): string[] {
  const name = toTitle(textIn(member, 'fullName') || textIn(member, 'username'))
  return name === '' ? [] : [name]
}

function labelOf(label: Said): string {
  return textIn(label, 'name') || textIn(label, 'color')
}

function datesOf(card: Said, leftOut: LeftOut) {
  const date = (name: string) => {
    const text = textIn(card, name)
    const read = toDate(text)
    if (read === undefined && text !== '') leftOut.add(`values of “${name}”`, ofNoKind)
    return read
  }
  const [start, due] = [date('start'), date('due')]
  return {
    ...(start ? { start } : {}),
    ...(due ? { due, ...(card.dueComplete === true ? { 'due complete': true } : {}) } : {}),
  }
}

function urlOf(card: Said) {
  const url = textIn(card, 'shortUrl') || textIn(card, 'url')
  return isUrl(url) ? { url } : {}
}

function* commentsIn(said: Said, leftOut: LeftOut): Generator<unknown, Map<string, CommentRead[]>> {
  const comments = new Map<string, CommentRead[]>()
  const actions = listIn(said, 'actions')
  // The latest is the first.
  for (const action of actions.toReversed()) {
    yield
    const type = textIn(action, 'type')
    if (type !== 'commentCard' && type !== 'copyCommentCard') {
      leftOut.add('entries of the activity log', 'only what people wrote is taken')
      continue
    }
    const data = membersIn(action, 'data')
    const card = textIn(membersIn(data, 'card'), 'id')
    const [author = ''] = nameOf(membersIn(action, 'memberCreator'))
    const comment = { author, at: toDate(textIn(action, 'date')) ?? '', body: textIn(data, 'text') }
    const before = comments.get(card)
    if (before) before.push(comment)
    else comments.set(card, [comment])
  }
  if (actions.length >= mostActions) {
    leftOut.mention('comments that are older', `Trello exports the latest ${mostActions} entries of the log only`)
  }
  return comments
}

function noteWhatStays(card: Said, leftOut: LeftOut) {
  const files = listIn(card, 'attachments').filter((attachment) => attachment.isUpload === true)
  leftOut.add('attached files', 'the file has only where they are; the links are kept', files.length)
  if (textIn(membersIn(card, 'cover'), 'color') !== '') leftOut.add('colours of cards', 'a card has tags instead')
  const votes = textsIn(card, 'idMembersVoted').length
  leftOut.add('votes', 'there is no place for them', votes)
}

/** Its text, what is to be ticked off, and what is attached. */
function bodyOf(card: Said, checklists: readonly Said[], members: ReadonlyMap<string, string[]>): string {
  const lists = checklists.map((list) => {
    const items = listIn(list, 'checkItems')
      .sort(byPlace)
      .map((item) => taskOf(item, members))
    const title = toTitle(textIn(list, 'name'))
    return [...(title === '' ? [] : [`**${title}**`]), items.join('\n')].filter((part) => part !== '').join('\n\n')
  })
  const links = listIn(card, 'attachments').flatMap((attachment) => {
    const url = textIn(attachment, 'url')
    return isUrl(url) ? [`- ${linkTo(url, toTitle(textIn(attachment, 'name')))}`] : []
  })
  const attached = links.length === 0 ? [] : [`**Attachments**\n\n${links.join('\n')}`]
  return [textIn(card, 'desc'), ...lists, ...attached].filter((part) => part !== '').join('\n\n')
}

function taskOf(item: Said, members: ReadonlyMap<string, string[]>): string {
  const [who] = members.get(textIn(item, 'idMember')) ?? []
  const due = toDate(textIn(item, 'due'))
  const besides = [...(who === undefined ? [] : [who]), ...(due === undefined ? [] : [`by ${due}`])].join(', ')
  const mark = textIn(item, 'state') === 'complete' ? 'x' : ' '
  return `- [${mark}] ${toTitle(textIn(item, 'name'))}${besides === '' ? '' : ` (${besides})`}`
}

function linkTo(url: string, name: string): string {
  const words = name.replace(/[[\]\\]/g, ' ').trim()
  return words === '' || words === url
    ? `<${url.replace(/[<>\s]/g, encodeURIComponent)}>`
    : `[${words}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
}

const kinds: Record<string, FieldKind> = {
  text: 'text',
  number: 'number',
  date: 'date',
  checkbox: 'checkbox',
  list: 'select',
}

function customFieldsOf(said: Said) {
  const taken = new Set(builtIn.map(({ name }) => name))
  const fields = new Map<string, { spec: FieldSpec; options: Map<string, string> }>()
  for (const field of listIn(said, 'customFields').sort(byPlace)) {
    const kind = kinds[textIn(field, 'type')] ?? 'text'
    const options = new Map(
      listIn(field, 'options').map((option) => [textIn(option, 'id'), textIn(membersIn(option, 'value'), 'text')]),
    )
    const name = freeName(toTitle(textIn(field, 'name')) || 'field', taken)
    const isChoice = kind === 'select' && options.size > 0
    const spec = {
      name,
      required: false,
      ...(isChoice
        ? { kind, options: [...new Set(options.values())] }
        : { kind: kind === 'select' ? ('text' as const) : kind }),
    }
    fields.set(textIn(field, 'id'), { spec, options })
  }
  return {
    specs: [...fields.values()].map(({ spec }) => spec),
    valuesOf: (card: Said, leftOut: LeftOut) =>
      Object.fromEntries(
        listIn(card, 'customFieldItems').flatMap((item): [string, unknown][] => {
          const field = fields.get(textIn(item, 'idCustomField'))
          const value =
            field && (field.options.get(textIn(item, 'idValue')) ?? valueIn(field.spec.kind, membersIn(item, 'value')))
          if (field && value === undefined) leftOut.add(`values of “${field.spec.name}”`, ofNoKind)
          return field && value !== undefined ? [[field.spec.name, value]] : []
        }),
      ),
  }
}

function valueIn(kind: FieldKind, value: Said): unknown {
  if (kind === 'number') return toNumber(textIn(value, 'number'))
  if (kind === 'date') return toDate(textIn(value, 'date'))
  if (kind === 'checkbox') return textIn(value, 'checked') === 'true'
  if (kind === 'text') return textIn(value, 'text') || undefined
  return undefined
}

/** So that no field hides another one. */
export function freeName(name: string, taken: Set<string>): string {
  const said = name.slice(0, 180)
  let free = said
  for (let n = 2; taken.has(free); n++) free = `${said} ${n}`
  taken.add(free)
  return free
}
