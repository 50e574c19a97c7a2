import { ToolError } from '../../../../ground/tool-error.ts'

/** What a column of a table is for a board. */
export type Role =
  | { as: 'title' | 'status' | 'body' | 'tags' | 'key' | 'parent' | 'people' }
  /** A field of the card. */
  | { as: 'field'; name: string; person?: boolean }
  /** Keys of other cards, which an edge of this kind leads to. */
  | { as: 'links'; kind: string }
  | { as: 'nothing'; why: string }

/** What the columns of a program's tables are, by their names in small letters. */
export type Layout = ReadonlyMap<string, Role>

const title = { as: 'title' } as const
const status = { as: 'status' } as const
const body = { as: 'body' } as const
const tags = { as: 'tags' } as const
const key = { as: 'key' } as const
const parent = { as: 'parent' } as const
const people = { as: 'people' } as const
const field = (name: string) => ({ as: 'field', name }) as const
const person = (name: string) => ({ as: 'field', name, person: true }) as const
const nothing = (why: string) => ({ as: 'nothing', why }) as const

export const githubProjects = layout({
  title,
  status,
  labels: tags,
  assignees: people,
  url: field('url'),
})

export const linear = layout({
  id: key,
  title,
  description: body,
  status,
  labels: tags,
  assignee: people,
  creator: person('creator'),
  priority: field('priority'),
  estimate: field('estimate'),
  'due date': field('due'),
  created: field('created'),
  'parent issue': parent,
  'related to': { as: 'links', kind: 'relates' },
  'blocked by': { as: 'links', kind: 'blocked by' },
  'duplicate of': { as: 'links', kind: 'duplicate of' },
  uuid: nothing('it says something to Linear only'),
  'project id': nothing('it says something to Linear only'),
  'project milestone id': nothing('it says something to Linear only'),
  'time in status (minutes)': nothing('where its time went belongs to the place it was'),
})

export const vibeKanban = layout({
  'issue id': key,
  title,
  description: body,
  status,
  priority: field('priority'),
  project: field('project'),
  'assignee(s)': people,
  labels: tags,
  creator: person('creator'),
  created: field('created'),
  'start date': field('start'),
  'due date': field('due'),
  completed: field('completed'),
  'parent issue': parent,
})

/** In the order in which they are looked for. */
const usual = {
  title: ['title', 'name', 'task', 'task name', 'card', 'card name', 'summary', 'subject', 'issue', 'item'],
  status: ['status', 'state', 'stage', 'column', 'list', 'list name', 'board column', 'section', 'section/column'],
  body: ['description', 'body', 'notes', 'details', 'content', 'text', 'card description'],
  tags: ['tags', 'labels', 'tag', 'label'],
  people: ['assignees', 'assignee', 'assigned to', 'members'],
}

/** What the columns of a table are whose program nobody knows, by their names or as somebody says. */
export function layoutOf(header: readonly string[], said: { title?: string; status?: string }): Layout {
  const layout = new Map<string, Role>()
  const names = header.map(small)
  for (const role of ['title', 'status', 'body', 'tags', 'people'] as const) {
    const chosen = role === 'title' || role === 'status' ? said[role] : undefined
    const name =
      chosen === undefined ? usual[role].find((usually) => names.includes(usually)) : chosenIn(header, chosen)
    if (name !== undefined && !layout.has(name)) layout.set(name, { as: role })
  }
  const hasTitle = [...layout.values()].some(({ as }) => as === 'title')
  const first = names.find((name) => !layout.has(name)) ?? names[0]
  if (!hasTitle && first !== undefined) layout.set(first, title)
  return layout
}

function chosenIn(header: readonly string[], chosen: string): string {
  if (header.includes(chosen)) return small(chosen)
  throw new ToolError(`the table has no column "${chosen.slice(0, 100)}"; it has ${header.join(', ').slice(0, 1000)}`)
}

function layout(roles: Record<string, Role>): Layout {
  return new Map(Object.entries(roles))
}

export function small(name: string): string {
  return name.toLowerCase()
}
