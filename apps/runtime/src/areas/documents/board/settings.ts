import { type BoardColumn, BoardSettings, boardType, CommentFields, commentType, mainBoard } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import { createCheck } from '../../../ground/validation.ts'
import type { Fields, StoredChunk } from '../chunks/chunk.ts'

const check = createCheck(BoardSettings)
const checkComment = createCheck(CommentFields)

const example = '{"columns": [{"status": "todo", "title": "To do"}, {"status": "doing", "limit": 3}]}'

/** Refuses the fields of a `loom/board` chunk that are no settings of a board. */
export function requireBoardSettings(fields: Fields | null): void {
  const problem = check(fields ?? {})
  if (problem) {
    const where = problem.path.join('.') || 'fields'
    throw new ToolError(`the settings of a board do not fit: ${where} ${problem.message}; e.g. ${example}`)
  }
  const statuses = ((fields ?? {}) as BoardSettings).columns?.map(({ status }) => status) ?? []
  const twice = statuses.find((status, i) => statuses.indexOf(status) !== i)
  if (twice !== undefined) {
    throw new ToolError(
      `the settings of a board do not fit: two columns have the status "${twice}"; each needs its own`,
    )
  }
}

/** Whom a comment mentions would otherwise hear nothing, and nobody would know. */
export function requireCommentFields(fields: Fields | null): void {
  const problem = checkComment(fields ?? {})
  if (!problem) return
  throw new ToolError(
    `the fields of a comment do not fit: ${problem.path.join('.') || 'fields'} ${problem.message}; e.g. {"mentions": ["drafter"], "reply_to": "<id of a comment>"}`,
  )
}

/** What a board says by its key; anything else stands for no board. */
export function requireBoardKey(type: string, key: string | null): void {
  if (type !== boardType || (key !== null && /^board:./.test(key))) return
  throw new ToolError(
    `a chunk of type ${boardType} needs a natural key: ${mainBoard} for the board, board:<name> for a saved view; upsert_chunk takes one`,
  )
}

/** The settings as they are stored; none where they are not settings, as those of other programs may be. */
export function boardOf(fields: string | null): BoardSettings | undefined {
  if (fields === null) return undefined
  const settings: unknown = JSON.parse(fields)
  return check(settings) === undefined ? (settings as BoardSettings) : undefined
}

export function columnOf(board: BoardSettings | undefined, status: string): BoardColumn | undefined {
  return board?.columns?.find((column) => column.status === status)
}

/** The root, comments and settings are none, whatever their status. */
export function isCard({ id, type }: Pick<StoredChunk, 'id' | 'type'>, rootId: string): boolean {
  return id !== rootId && type !== commentType && !type.startsWith('loom/')
}
