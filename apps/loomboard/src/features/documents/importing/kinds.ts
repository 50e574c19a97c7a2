import type { wire } from '@loomcycle/client'
import type { Source } from './board-file.ts'

export type BoardFormat = NonNullable<wire.ImportBoardInput['format']>

/** What a file may be read as. */
export type Kind = 'any' | BoardFormat | 'document' | 'canvas'

export const kinds: readonly { kind: Kind; label: string }[] = [
  { kind: 'any', label: 'What the file looks like' },
  { kind: 'trello', label: 'Trello (JSON)' },
  { kind: 'github_projects', label: 'GitHub Projects (TSV)' },
  { kind: 'linear', label: 'Linear (CSV)' },
  { kind: 'vibe_kanban', label: 'Vibe Kanban (ZIP or CSV)' },
  { kind: 'focalboard', label: 'Focalboard (.boardarchive)' },
  { kind: 'markdown_lists', label: 'Markdown: lists as columns' },
  { kind: 'csv', label: 'Any table (CSV)' },
  { kind: 'document', label: 'Markdown: headings as chunks' },
  { kind: 'canvas', label: 'JSON Canvas' },
]

export function labelOf(kind: Kind): string {
  return kinds.find((one) => one.kind === kind)?.label ?? kind
}

const looked = 64 * 1024

/** What is no board is read as the document that it is. */
export function kindOf({ text }: Source): Kind {
  if (text === undefined) return 'any'
  const start = text.slice(0, looked).trimStart()
  if (start.startsWith('{')) return /"nodes"\s*:/.test(start) && !/"lists"\s*:/.test(start) ? 'canvas' : 'any'
  if (/^kanban-plugin:/m.test(start)) return 'markdown_lists'
  const headings = start.match(/^#{1,6} /gm)?.length ?? 0
  if (headings === 0) return 'any'
  const tasks = start.match(/^[-*+] \[[ xX]\] /gm)?.length ?? 0
  return tasks > 0 && tasks >= headings ? 'markdown_lists' : 'document'
}
