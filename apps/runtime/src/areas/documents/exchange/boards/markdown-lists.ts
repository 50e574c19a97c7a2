import { toTitle } from '../../chunks/chunk.ts'
import { endOfFrontMatter, linesOf } from '../markdown/headings.ts'
import { type BoardRead, type CardRead, type ColumnRead, LeftOut } from './board-read.ts'
import { toDate } from './cells.ts'
import { isDone, Statuses } from './columns.ts'
import { mostCards, requireFew, requireFewColumns } from './limits.ts'

const heading = /^(#{1,6})[ \t]+(\S.*)$/
const item = /^[-*+] (?:\[(.)\](?: |$))?(.*)$/
const rule = /^(?:\*{3,}|-{3,}|_{3,})[ \t]*$/
const settings = /^%% kanban:settings/
const lineBreak = /<br ?\/?>/

interface Under {
  column: ColumnRead | undefined
  lines: string[]
  isChecked: boolean
}

/** Columns as headings and cards as items of lists, as Obsidian Kanban keeps a board. */
export function* readMarkdownLists(text: string, { archived }: { archived: boolean }): Generator<unknown, BoardRead> {
  const leftOut = new LeftOut()
  const statuses = new Statuses()
  const columns: ColumnRead[] = []
  const items: Under[] = []
  const about: string[] = []
  let title = ''
  let column: ColumnRead | undefined
  let open: Under | undefined
  let isAfterRule = false
  let isArchive = false
  for (const { text: line } of linesOf(text.slice(endOfFrontMatter(text)))) {
    yield
    if (settings.test(line)) {
      leftOut.mention('settings of the plugin', 'they are about how Obsidian shows the board')
      break
    }
    const [, marks = '', name = ''] = heading.exec(line) ?? []
    const [, mark, words] = item.exec(line) ?? []
    if (name !== '') {
      open = undefined
      isArchive = isAfterRule && name.trim() === 'Archive'
      if (marks === '#' && columns.length === 0 && title === '' && !isArchive) title = toTitle(name)
      else if (!isArchive || archived) {
        requireFewColumns(columns.length + 1)
        column = columnOf(name, statuses)
        columns.push(column)
      }
    } else if (words !== undefined && (column || isArchive)) {
      open = undefined
      if (isArchive && !archived) leftOut.add('archived cards', 'they were put away; ask for them to have them, too')
      else {
        open = { column, lines: [words], isChecked: mark === 'x' || mark === 'X' }
        items.push(open)
        requireFew(items.length, mostCards, 'cards')
      }
    } else if (open && (/^[ \t]/.test(line) || line === '')) open.lines.push(line)
    else if (column && /^\*\*Complete\*\*[ \t]*$/.test(line)) column.done = true
    else if (line.trim() !== '' && !rule.test(line)) {
      if (column) leftOut.add('lines that are neither a card nor part of one', 'a column has no text of its own')
      else about.push(line)
    }
    if (line.trim() !== '') isAfterRule = rule.test(line)
  }
  const cards: CardRead[] = []
  for (const [i, under] of items.entries()) {
    yield
    cards.push(cardOf(under, `card ${i + 1}`))
  }
  return {
    title,
    about: about.join('\n'),
    columns,
    fields: [
      { name: 'due', kind: 'date', required: false },
      { name: 'checked', kind: 'checkbox', required: false },
    ],
    cards,
    links: [],
    leftOut,
  }
}

/** `Doing (3)` takes three cards. */
function columnOf(name: string, statuses: Statuses): ColumnRead {
  const said = toTitle(name)
  const limit = /\((\d{1,6})\)$/.exec(said)?.[1]
  const title = limit === undefined ? said : said.slice(0, -limit.length - 2).trim() || said
  return {
    title,
    status: statuses.next(title),
    ...(limit !== undefined && Number(limit) > 0 ? { limit: Number(limit) } : {}),
    ...(isDone(title) ? { done: true } : {}),
  }
}

function cardOf({ column, lines, isChecked }: Under, key: string): CardRead {
  const [first = '', ...besides] = lines[0]!.split(lineBreak)
  const rest = [...besides, ...outdented(lines.slice(1)).flatMap((line) => line.split(lineBreak))]
  const tags = [...first.matchAll(/(?<!\S)#([\p{L}\p{N}_/-]+)/gu)].map(([, tag = '']) => tag)
  const day = /(?<!@)@\{([^}]{1,40})\}|@\[\[([^\]]{1,40})\]\]/.exec(first)
  const time = /@@\{(\d{1,2}:\d{2})\}/.exec(first)?.[1]
  const due = day ? toDate(day[1] ?? day[2] ?? '') : undefined
  const words = due === undefined ? first : first.replace(day![0], '').replace(/@@\{\d{1,2}:\d{2}\}/, '')
  const plain = words.replace(/(?<!\S)#[\p{L}\p{N}_/-]+/gu, '').replace(/(?<= )\^[\w-]+[ \t]*$/, '')
  const links = plain.includes('[[')
  const body = rest.join('\n').trim()
  return {
    key,
    title: toTitle(unlinked(plain)),
    // A title leads nowhere.
    body: links ? [toTitle(plain), body].filter((part) => part !== '').join('\n\n') : body,
    status: column?.status ?? '',
    fields: {
      ...(due === undefined ? {} : { due: time && !due.includes('T') ? `${due}T${time.padStart(5, '0')}` : due }),
      ...(isChecked && column?.done !== true ? { checked: true } : {}),
    },
    tags,
    comments: [],
  }
}

/** `[[Page|shown]]` in the words that are shown. */
function unlinked(text: string): string {
  const [first = '', ...rest] = text.split(/!?\[\[/)
  const parts = rest.map((part) => {
    const end = part.indexOf(']]')
    if (end < 0) return `[[${part}`
    const link = part.slice(0, end)
    return link.slice(link.indexOf('|') + 1) + part.slice(end + 2)
  })
  return first + parts.join('')
}

/** Without the space that makes lines part of an item. */
function outdented(lines: readonly string[]): string[] {
  const [first] = lines.filter((line) => line.trim() !== '')
  const indent = indentOf(first ?? '')
  return lines.map((line) => line.slice(Math.min(indent, indentOf(line))))
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
