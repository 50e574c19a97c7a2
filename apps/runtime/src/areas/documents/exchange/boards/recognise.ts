import type { boardFormats } from '@loomcycle/proto'
import { ToolError } from '../../../../ground/tool-error.ts'
import { small } from './layouts.ts'

export type BoardFormat = (typeof boardFormats)[number]

const looked = 64 * 1024

/** Which program wrote a file, by how it begins. */
export function formatOf(text: string): BoardFormat {
  const start = text
    .slice(0, looked)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (start.startsWith('{')) return isArchive(start) ? 'focalboard' : 'trello'
  if (/^#{1,6} |^kanban-plugin:/m.test(start) && !start.startsWith('"')) return 'markdown_lists'
  return formatOfHeader(start)
}

/** One object in each line, of which the first says the version. */
function isArchive(start: string): boolean {
  const [first = '', second = ''] = start.split('\n', 2)
  return (
    /^\{ ?"(?:version|type)" ?:/.test(first) &&
    first.trimEnd().endsWith('}') &&
    (second === '' || second.startsWith('{'))
  )
}

function formatOfHeader(start: string): BoardFormat {
  const [line = ''] = start.split(/\r\n|\n|\r/, 1)
  const names = new Set(line.split(/[,;\t]/).map((name) => small(name.replaceAll('"', '').trim())))
  const has = (...all: string[]) => all.every((name) => names.has(name))
  if (names.size < 2) {
    throw new ToolError(
      'this is no board that can be told by its text; say the format: trello, github_projects, linear, vibe_kanban, focalboard, markdown_lists or csv',
    )
  }
  if (has('issue id', 'title', 'assignee(s)')) return 'vibe_kanban'
  if (has('id', 'team', 'title', 'status', 'priority')) return 'linear'
  if (line.includes('\t') && has('title') && (has('status') || has('assignees'))) return 'github_projects'
  return 'csv'
}
